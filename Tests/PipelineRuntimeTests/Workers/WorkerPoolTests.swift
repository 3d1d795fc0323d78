import Testing

@testable import PipelineRuntime

@Suite struct WorkerPoolTests {
  @Test(arguments: [1, 2, 7]) func `results come in the order of the items`(_ count: Int) {
    let squares = WorkerPool(count: count).map(Array(0..<1000)) { $0 * $0 }
    #expect(squares == (0..<1000).map { $0 * $0 })
  }

  @Test(arguments: [1, 2, 7]) func `every item is handed out once`(_ count: Int) {
    let sums = WorkerPool(count: count).drain(Array(1...1000), makeState: { 0 }) { sum, _, item in
      sum += item
    }
    #expect(sums.count <= count)
    #expect(sums.reduce(0, +) == 500_500)
  }

  @Test func `no items, no workers`() {
    #expect(WorkerPool(count: 4).map([Int]()) { $0 }.isEmpty)
  }
}
