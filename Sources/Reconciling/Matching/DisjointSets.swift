/// Sets of numbers 0 ..< count that only ever grow together (union–find).
struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  /// The smallest member of the set of `element`.
  mutating func root(of element: Int) -> Int {
    var root = element
    while parents[root] != root { root = parents[root] }
    var at = element
    while parents[at] != root { (at, parents[at]) = (parents[at], root) }
    return root
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (first, second) = (root(of: a), root(of: b))
    parents[max(first, second)] = min(first, second)
  }

  /// The sets, each sorted, in the order of their smallest members.
  mutating func sets() -> [[Int]] {
    var members: [Int: [Int]] = [:]
    for element in parents.indices { members[root(of: element), default: []].append(element) }
    return members.keys.sorted().compactMap { members[$0] }
  }
}
