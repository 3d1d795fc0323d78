import ByteStreaming
import Testing

@Suite struct PackedBytesTests {
  private func list(_ packed: PackedBytes) -> [[UInt8]] {
    (0..<packed.count).map { index in
      var bytes: [UInt8] = [9]
      packed.copy(index, to: &bytes)
      return Array(bytes.dropFirst())
    }
  }

  @Test func `strings are side by side, empty ones too`() {
    var packed = PackedBytes()
    #expect(packed.count == 0)
    let strings: [[UInt8]] = [[], [1], [], [2, 3, 4], [5], []]
    for string in strings { packed.append(string) }
    #expect(list(packed) == strings)
  }

  @Test func `one may follow another`() {
    let parts: [[[UInt8]]] = [[[1, 2], []], [], [[3]], [[], [4, 5]]]
    var whole = PackedBytes()
    for part in parts {
      var packed = PackedBytes()
      for string in part { packed.append(string) }
      whole.append(packed)
    }
    whole.append([6])
    #expect(list(whole) == parts.flatMap { $0 } + [[6]])
  }

  @Test func `copying adds behind what is there`() {
    var packed = PackedBytes()
    packed.append([1, 2])
    packed.append([3])
    var target: [UInt8] = [0]
    for index in [1, 0, 1] { packed.copy(index, to: &target) }
    #expect(target == [0, 3, 1, 2, 3])
  }
}
