package import BillingModel

/// A document that says of itself that it must not be booked.
package struct RefusalRule: Hashable, Sendable {
  package var path: ElementPath
  package var value: Text
  package var reason: Text

  package init(path: ElementPath, value: Text, reason: Text) {
    self.path = path
    self.value = value
    self.reason = reason
  }
}

/// Where AWS invoice ids are named in free text, and what they look like.
package struct ReferenceRule: Hashable, Sendable {
  package var paths: [ElementPath]
  package var shapes: [WordShape]

  package init(paths: [ElementPath], shapes: [WordShape]) {
    self.paths = paths
    self.shapes = shapes
  }
}

/// Where a billing period is named in free text, and how.
package struct PeriodMentionRule: Hashable, Sendable {
  package var paths: [ElementPath]
  package var shapes: [PeriodShape]

  package init(paths: [ElementPath], shapes: [PeriodShape]) {
    self.paths = paths
    self.shapes = shapes
  }
}

/// A document that takes back another, which was sent before.
package struct CancellationRule: Hashable, Sendable {
  package var path: ElementPath
  package var value: Text
  /// Names what is taken back.
  package var takesBack: ElementPath?

  package init(path: ElementPath, value: Text, takesBack: ElementPath? = nil) {
    self.path = path
    self.value = value
    self.takesBack = takesBack
  }
}

/// Rules of arithmetic that a document is not held to.
package struct ExemptionRule: Hashable, Sendable {
  package var rules: Set<ArithmeticRule>
  /// Only where this is in the document, or has this text; else always.
  package var path: ElementPath?
  package var value: Text?

  package init(rules: Set<ArithmeticRule>, path: ElementPath? = nil, value: Text? = nil) {
    self.rules = rules
    self.path = path
    self.value = value
  }
}
