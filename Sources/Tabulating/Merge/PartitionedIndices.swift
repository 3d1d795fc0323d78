/// The indices of groups, put together by partition.
struct PartitionedIndices: ~Copyable {
  let indices: Slab<UInt32>
  private let starts: Slab<Int>

  init() {
    indices = Slab()
    starts = Slab(repeating: 0, count: 2)
  }

  /// - Parameter numbers: The partition of each group.
  init(_ numbers: borrowing Slab<UInt32>, partitions: Int) {
    let starts = Slab<Int>(repeating: 0, count: partitions + 1)
    for at in 0..<numbers.count { starts[Int(numbers[at]) + 1] += 1 }
    for at in 1..<starts.count { starts[at] += starts[at - 1] }
    let next = Slab<Int>(repeating: 0, count: partitions)
    for at in 0..<partitions { next[at] = starts[at] }
    let indices = Slab<UInt32>(repeating: 0, count: numbers.count)
    for at in 0..<numbers.count {
      let partition = Int(numbers[at])
      indices[next[partition]] = UInt32(at)
      next[partition] += 1
    }
    self.indices = indices
    self.starts = starts
  }

  func range(_ partition: Int) -> Range<Int> {
    partition + 1 < starts.count ? starts[partition]..<starts[partition + 1] : 0..<0
  }
}
