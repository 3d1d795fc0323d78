import BillingModel

/// What one set of tags says by itself.
struct TagReading: Sendable {
  /// A tag that names a group of resources.
  struct GroupTag: Sendable {
    /// Position of its key among ``TagRules/attachedBy``.
    var rank: Int
    var value: Text
    /// As the export spells it.
    var raw: Text
  }

  var own = Attribution()
  /// The strongest first.
  var groups: [GroupTag] = []
  /// What the resource is called; nil where no tag says so.
  var resource: FoldedName?
}
