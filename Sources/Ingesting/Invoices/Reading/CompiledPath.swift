import BillingModel

/// A path from elements at one place of an outline. The place where it ends says which elements it may
/// lead to; its conditions say which of them it does.
struct CompiledPath: Sendable {
  /// What one step asks of its element, in addition to its name.
  struct Condition: Sendable {
    let path: CompiledPath
    let value: Text
  }

  /// Where it ends: all there is to know of a path without conditions, and nothing to be counted when it is
  /// passed on.
  struct End: BitwiseCopyable, Sendable {
    /// −1 where the outline does not lead there.
    let place: Int32
    /// The name of an attribute; −1 for the text of the element.
    let attribute: Int32
    let startsAtRoot: Bool
    let hasConditions: Bool
  }

  let end: End
  /// The conditions of each step; empty where no step has any.
  let conditions: [[Condition]]
}

/// A field rule whose paths are compiled.
final class CompiledField: Sendable {
  let rule: FieldRule
  let parts: [CompiledPath]
  let paths: [CompiledPath]
  /// Those of ``paths``.
  let ends: [CompiledPath.End]
  let isSum: Bool
  let conversion: FieldRule.Conversion
  /// The number that stands for one that is not stated.
  let constant: Spelled?

  init(_ rule: FieldRule, _ outline: Outline, from place: Int) {
    self.rule = rule
    parts = rule.parts.map { outline.compile($0, from: place) }
    paths = rule.paths.map { outline.compile($0, from: place) }
    ends = paths.map(\.end)
    isSum = rule.combination == .sum
    conversion = rule.conversion
    constant = rule.constant.flatMap { Spelled(Array($0.string.utf8).span, .none) }
  }
}

extension Outline {
  /// Compiles a path that starts from the elements at `place`.
  func compile(_ path: ElementPath, from place: Int) -> CompiledPath {
    var place: Int? = path.startsAtRoot ? Self.root : place
    var conditions: [[CompiledPath.Condition]] = []
    for step in path.steps {
      place = place.flatMap { at in names[step.name].flatMap { nodes[at].children[$0] } }
      conditions.append(
        step.conditions.map { condition in
          CompiledPath.Condition(
            path: compile(condition.path, from: place ?? Self.root), value: condition.value)
        })
    }
    let hasConditions = conditions.contains { !$0.isEmpty }
    return CompiledPath(
      end: CompiledPath.End(
        place: Int32(place ?? -1), attribute: Int32(path.attribute.map { names[$0] ?? -2 } ?? -1),
        startsAtRoot: path.startsAtRoot, hasConditions: hasConditions),
      conditions: hasConditions ? conditions : [])
  }

  func compile(_ rule: FieldRule, from place: Int) -> CompiledField {
    CompiledField(rule, self, from: place)
  }
}
