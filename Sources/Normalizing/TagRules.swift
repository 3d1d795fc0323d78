package import BillingModel

/// How tags become the six dimensions: all of it data, from `pipelines/tags/cost-allocation.yaml`.
package struct TagRules: Hashable, Sendable {
  /// What exports put before a tag's own key: `user:`, `resourceTags/user:` …
  package var keyPrefixes: [Text] = []
  /// Prefixes of exports that also rewrite the key to lower case with underscores: `user_` …
  package var snakePrefixes: [Text] = []
  /// How keys begin that AWS makes itself (`aws:createdBy` …). They say nothing about an owner.
  package var reservedPrefixes: [Text] = []
  /// Values that stand for no value: `n/a`, `unknown` …
  package var placeholders: [Text] = []
  /// Keys of tags that name a group of resources, strongest first: `aws:cloudformation:stack-name` …
  package var attachedBy: [Text] = []
  /// Keys of tags that hold what a resource is called, best first: `Name` …
  package var resourceNames: [Text] = []
  /// What names tell. Of two that fit, the first wins.
  package var names: [NameRule] = []
  package var dimensions: [Dimension: DimensionRules] = [:]

  package init() {}
}

/// How one dimension is found in tags, and how its values are written.
package struct DimensionRules: Hashable, Sendable {
  /// The case of values that ``values`` does not list.
  package enum LetterCase: String, Hashable, Sendable, CaseIterable {
    case keep, lower, upper
  }

  /// A value as documents show it, and what people write for it.
  package struct KnownValue: Hashable, Sendable {
    package var canonical: Text
    package var spellings: [Text]

    package init(_ canonical: Text, spellings: [Text]) {
      self.canonical = canonical
      self.spellings = spellings
    }
  }

  package var values: [KnownValue] = []
  package var letterCase = LetterCase.keep
  /// The first rule that fires wins.
  package var rules: [TagRule] = []

  package init() {}
}

/// One way to find a dimension among the tags.
package struct TagRule: Hashable, Sendable {
  package var name: Text
  /// The tag key as it should be.
  package var key: Text
  /// Other keys that mean the same, best first.
  package var aliases: [Text]
  /// Fires only for values that the dimension lists: for keys that people also use for other things.
  package var listedOnly: Bool

  package init(name: Text, key: Text, aliases: [Text] = [], listedOnly: Bool = false) {
    self.name = name
    self.key = key
    self.aliases = aliases
    self.listedOnly = listedOnly
  }
}

/// What a name of an account or resource tells about one dimension.
package struct NameRule: Hashable, Sendable {
  package enum Subject: String, Hashable, Sendable, CaseIterable {
    case account, resource
  }

  /// `*` stands for any run of characters.
  package var pattern: Text
  /// Whose names it is held against.
  package var subjects: Set<Subject>
  package var dimension: Dimension
  package var value: Text

  package init(
    _ pattern: Text, of subjects: Set<Subject> = Set(Subject.allCases), _ dimension: Dimension,
    _ value: Text
  ) {
    self.pattern = pattern
    self.subjects = subjects
    self.dimension = dimension
    self.value = value
  }
}

extension TagRules {
  /// The key under which two spellings of a tag key are the same.
  package static func foldedKey(_ key: Text) -> Text { Spelling.foldedKey(key.string) }
  /// The key under which two spellings of a tag value are the same.
  package static func foldedValue(_ value: Text) -> Text { Spelling.foldedValue(value.string) }
}
