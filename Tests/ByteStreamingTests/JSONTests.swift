import ByteStreaming
import Foundation
import TestSupport
import Testing

@Suite struct JSONTests {
  private func parse(_ text: String) throws(JSONFault) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8))
  }

  private func hex(_ text: String) -> String {
    text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// What a document holds, in the words of the oracle.
  private func outline(_ value: JSONValue) -> String {
    switch value {
    case .object(let members):
      "{" + members.map { "\(hex($0.name)):\(outline($0.value))" }.joined(separator: ",") + "}"
    case .array(let items): "[" + items.map(outline).joined(separator: ",") + "]"
    case .string(let text): "s" + hex(text)
    case .number(let spelling): "n" + spelling
    case .bool(let flag): flag ? "t" : "f"
    case .null: "z"
    }
  }

  private func reading(_ bytes: [UInt8]) -> String {
    do { return outline(try JSONValue(parsing: bytes)) } catch { return "refused" }
  }

  private func bytes(hex: Substring) throws -> [UInt8] {
    let digits = Array(hex.utf8)
    return try stride(from: 0, to: digits.count, by: 2).map {
      try #require(UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16))
    }
  }

  @Test func `documents are read or refused as Python's json does`() throws {
    let (seed, count) = (20_260_506, 8_000)
    let script = repositoryRoot().appendingPathComponent(
      "Tests/ByteStreamingTests/Oracle/documents.py")
    let output = String(
      decoding: try oracle(script, [String(seed), String(count)]), as: UTF8.self)
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count == 2 * count)
    var differences: [String] = []
    for at in stride(from: 0, to: lines.count, by: 2) {
      let document = try bytes(hex: lines[at])
      let actual = reading(document)
      if actual != lines[at + 1] {
        let text = String(decoding: document, as: UTF8.self)
        differences.append("\(text) is \(actual), not \(lines[at + 1])")
      }
    }
    #expect(differences.prefix(5).isEmpty, "seed \(seed)")
  }

  @Test func `numbers keep their spelling`() throws {
    let value = try parse(#"{"Amount": 1.10, "Rate": 1E-7, "Id": 123456789012345678901}"#)
    #expect(value["Amount"] == .number("1.10"))
    #expect(value["Rate"]?.scalar == "1E-7")
    #expect(value["Id"]?.scalar == "123456789012345678901")
    #expect(value["amount"] == nil)
  }

  @Test func `members keep their order`() throws {
    let value = try parse(#"{"b":1,"a":[true,null],"é":"x"}"#)
    #expect(value.members?.map(\.name) == ["b", "a", "é"])
    #expect(value["a"]?.array == [.bool(true), .null])
    #expect(value["é"]?.string == "x")
  }

  @Test func `a name that stands twice is refused; names are told apart by bytes`() throws {
    #expect(throws: JSONFault.self) { try parse(#"{"a":1,"b":2,"a":3}"#) }
    #expect(throws: JSONFault.self) { try parse(#"{"a":1,"\u0061":2}"#) }
    let twins = try parse("{\"caf\u{E9}\":1,\"cafe\u{301}\":2}")
    #expect(twins["caf\u{E9}"] == .number("1"))
    #expect(twins["cafe\u{301}"] == .number("2"))
    #expect(try parse(#"[{"a":1},{"a":2}]"#).array?.count == 2)
  }

  @Test func `sixty-four levels are the most`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(try parse(nested(64)).array?.count == 1)
    #expect(throws: JSONFault.self) { try parse(nested(65)) }
    #expect(throws: JSONFault.self) { try parse(String(repeating: "[", count: 100_000)) }
    #expect(throws: JSONFault.self) { try parse(String(repeating: #"{"a":"#, count: 100_000)) }
  }

  @Test func `surrogates come in pairs`() throws {
    #expect(try parse(#""\ud83d\ude00""#) == .string("😀"))
    for half in [#""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\u0041""#, #""\ude00\ud83d""#]
    {
      #expect(throws: JSONFault.self) { try parse(half) }
    }
  }

  @Test(arguments: [#""\u+123""#, #""\u-000""#, #""\u00g0""#, #""\u12""#, #""\u １２３""#])
  func `an escape has four hexadecimal digits and nothing else`(text: String) {
    #expect(throws: JSONFault.self) { try parse(text) }
  }

  @Test func `a document cut at any byte is refused`() throws {
    let text = #"{"entries": [{"url": "s3:\/\/b\ud83d\ude00é", "n": -1.5e+7, "t": true}, null]}"#
    let document = Array(text.utf8)
    _ = try JSONValue(parsing: document)
    for length in document.indices {
      #expect(throws: JSONFault.self, "cut to \(length) bytes") {
        try JSONValue(parsing: Array(document[..<length]))
      }
    }
  }

  @Test func `a fault names its line and column`() throws {
    let fault = try #require(throws: JSONFault.self) { try parse("{\n  \"a\": 1,\n  \"b\" 2\n}") }
    #expect(fault.description == "line 3, column 7: expected ':'")
    let end = try #require(throws: JSONFault.self) { try parse("[1,") }
    #expect(end.description == "line 1, column 4: the document ends here, unfinished")
  }
}
