import BillingModel
import Testing

@testable import Ingesting

@Suite struct ElementPathTests {
  private let prefixes = NamespacePrefixes(["c": "urn:c"], unprefixed: "")

  private func path(_ text: String) throws -> ElementPath {
    try ElementPath(parsing: text, prefixes: prefixes)
  }

  @Test func `a path is steps, conditions and an attribute at its end`() throws {
    let path = try path("/c:a/b[c:d/@e='f g']/@c:h")
    #expect(path.startsAtRoot)
    #expect(
      path.steps.map(\.name) == [
        ElementName(namespace: "urn:c", local: "a"), ElementName(namespace: "", local: "b"),
      ])
    #expect(path.attribute == ElementName(namespace: "urn:c", local: "h"))
    let condition = try #require(path.steps[1].conditions.first)
    #expect(condition.value == "f g")
    #expect(condition.path.steps.map(\.name) == [ElementName(namespace: "urn:c", local: "d")])
    #expect(condition.path.attribute == ElementName(namespace: "", local: "e"))
  }

  @Test func `unprefixed elements can stand for any namespace, attributes for none`() throws {
    let path = try ElementPath(
      parsing: "a/@b", prefixes: NamespacePrefixes(unprefixed: nil))
    #expect(path.steps[0].name == ElementName(namespace: nil, local: "a"))
    #expect(path.attribute == ElementName(namespace: "", local: "b"))
  }

  @Test func `a point is where the path starts`() throws {
    #expect(try path(".") == ElementPath())
  }

  @Test(arguments: [
    ("x:a", "the prefix \"x\" is not among the namespaces, at character 3 of the path \"x:a\""),
    ("a[b]", "expected ='…' at character 4 of the path \"a[b]\""),
    ("a[b='c]", "expected '] at character 8 of the path \"a[b='c]\""),
    ("a//b", "expected a name at character 3 of the path \"a//b\""),
    ("a/@b/c", "unexpected characters at character 5 of the path \"a/@b/c\""),
    ("", "expected a name at character 1 of the path \"\""),
  ])
  func `a mistake is named with its place`(_ text: String, _ message: String) {
    #expect(throws: PathMistake.self) { try path(text) }
    do {
      _ = try path(text)
    } catch {
      #expect("\(error)" == message)
    }
  }
}
