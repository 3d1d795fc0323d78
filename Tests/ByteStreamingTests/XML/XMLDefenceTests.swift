import ByteStreaming
import Foundation
import TestSupport
import Testing

@Suite struct XMLDefenceTests {
  @Test(arguments: [
    "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>",
    "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a>&e;</a>",
    "<!DOCTYPE a [<!ENTITY % e \"x\">]><a/>",
    "<!DOCTYPE a [<!ENTITY % e SYSTEM \"file:///etc/passwd\">%e;]><a/>",
    "<!DOCTYPE a [<!NOTATION n SYSTEM \"n\"><!ENTITY e SYSTEM \"p\" NDATA n>]><a/>",
    "<!DOCTYPE a SYSTEM \"http://example.com/a.dtd\" [<!ENTITY e \"x\">]><a/>",
  ])
  func `an entity declaration of any kind ends the reading`(_ text: String) throws {
    let code = try code(of: text)
    #expect(code == "EntityDeclaration" || code == "InternalSubset")
  }

  @Test func `billions of laughs are refused at the first declaration`() throws {
    let text =
      "<!DOCTYPE a [\n<!ENTITY b \"ha\">\n<!ENTITY c \"&b;&b;&b;&b;\">\n]>\n<a>&c;</a>"
    #expect(try fault(in: Array(text.utf8)).hasPrefix("EntityDeclaration 2:"))
  }

  @Test(arguments: ["ELEMENT a ANY", "ATTLIST a b CDATA \"c\"", "ATTLIST a b (c|d) \"c\""])
  func `other declarations are refused too`(_ declaration: String) throws {
    #expect(try code(of: "<!DOCTYPE a [<!\(declaration)>]><a/>") == "InternalSubset")
  }

  @Test func `a DOCTYPE that only names a DTD is accepted and nothing is loaded`() throws {
    let folder = TemporaryFolder()
    let dtd = try folder.write("a.dtd", Array("<!ENTITY e \"loaded\">".utf8))
    #expect(try events(of: "<!DOCTYPE a SYSTEM \"\(dtd)\"><a>1</a>") == ["<a>", "1", "</>"])
    #expect(try code(of: "<!DOCTYPE a SYSTEM \"\(dtd)\"><a>&e;</a>") == "UndeclaredEntity")
  }

  @Test func `a reference to an entity that is not declared would lose text`() throws {
    #expect(try code(of: "<!DOCTYPE a SYSTEM \"a.dtd\"><a>1&nbsp;2</a>") == "UndeclaredEntity")
    #expect(try code(of: "<!DOCTYPE a SYSTEM \"a.dtd\"><a b='1&nbsp;2'/>") == "UndeclaredEntity")
    #expect(try code(of: "<a>1&nbsp;2</a>") == "UndeclaredEntity")
  }

  @Test func `XInclude is an element like any other`() throws {
    let text =
      "<a xmlns:i='http://www.w3.org/2001/XInclude'><i:include href='/etc/passwd' parse='text'/></a>"
    #expect(
      try events(of: text) == [
        "<a>", "<{http://www.w3.org/2001/XInclude}include>", "@href=/etc/passwd", "@parse=text",
        "</>", "</>",
      ])
  }

  @Test func `64 levels are read, 65 and 300 are not`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }
    #expect(try code(of: nested(64)) == "none")
    #expect(try code(of: nested(65)) == "TooDeep")
    #expect(try code(of: nested(300)) == "TooDeep")
  }

  @Test func `256 attributes are read, 257 are not`() throws {
    func element(_ count: Int) -> String {
      "<a \((0..<count).map { "b\($0)='1'" }.joined(separator: " "))/>"
    }
    #expect(try code(of: element(256)) == "none")
    #expect(try code(of: element(257)) == "TooManyAttributes")
  }

  @Test func `a token that does not end is given up`() throws {
    let long = String(repeating: "A", count: 11 << 20)
    #expect(try code(of: "<a b='\(long)'/>") == "OversizedToken")
    #expect(try code(of: "<a><!--\(long)--></a>") == "OversizedToken")
    #expect(try code(of: "<a><?p \(long)?></a>") == "OversizedToken")
    #expect(try code(of: "<\(long)/>") != "none")
    let many = (0..<200_000).map { " b\($0)='1'" }.joined()
    #expect(try code(of: "<a\(many)/>") == "OversizedToken")
  }

  @Test func `different names are bounded`() throws {
    var limits = XMLLimits()
    limits.names = 3
    #expect(try code(of: "<a><b c='1'/><b c='2'/></a>", limits: limits) == "none")
    #expect(try code(of: "<a><b c='1'/><d/></a>", limits: limits) == "TooManyNames")
  }

  @Test func `bytes are bounded`() throws {
    var limits = XMLLimits()
    limits.bytes = 7
    #expect(try code(of: "<a></a>", limits: limits) == "none")
    limits.bytes = 6
    #expect(try code(of: "<a></a>", limits: limits) == "TooLarge")
  }

  @Test(arguments: [
    "<a>", "<a></b>", "<a/><b/>", "<a/>x", "<a b='1' b='2'/>", "<a:b/>", "<a>\u{1}</a>", "<a",
    "<?xml version='1.0' encoding='x-unheard-of'?><a/>", "<a>&#0;</a>",
  ])
  func `what is not well-formed to its end is refused`(_ text: String) throws {
    #expect(try code(of: text) == "NotWellFormed")
  }

  @Test func `bytes that are no UTF-8 are refused`() throws {
    let bytes = Array("<a>".utf8) + [0xC3, 0x28] + Array("</a>".utf8)
    #expect(try fault(in: bytes).hasPrefix("NotWellFormed"))
  }

  @Test func `a character outside the declared encoding is refused`() throws {
    // 𠮷 in GB18030 is four bytes, which GB2312 does not have.
    let head = Array("<?xml version='1.0' encoding='GB2312'?><a>".utf8)
    let bytes = head + [0x95, 0x32, 0x82, 0x36] + Array("</a>".utf8)
    #expect(try fault(in: bytes) != "none")
  }

  @Test func `a blank line before the declaration is told from other faults`() throws {
    #expect(throws: XMLFault.self) { try events(of: "\n<?xml version='1.0'?><a/>") }
    do {
      _ = try events(of: "\n<?xml version='1.0'?><a/>")
    } catch let fault as XMLFault {
      #expect(
        fault.description
          == "line 2, column 6: <?xml …?> must be the very first thing in the file: "
          + "remove what stands before it")
    }
  }

  @Test func `damage of the file is passed on`() throws {
    let bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B]
    #expect(try fault(in: bytes) == "TruncatedGzip 0:0")
  }

  @Test func `one bad document does not spoil the next`() throws {
    #expect(try code(of: "<!DOCTYPE a [<!ENTITY e \"x\">]><a/>") == "EntityDeclaration")
    #expect(try code(of: "<a>") == "NotWellFormed")
    #expect(try code(of: "<a/>") == "none")
  }

  /// The tests that libxml2 keeps against attacks on itself: refused, or read within the limits.
  @Test(.enabled(if: corpus != nil)) func `every known attack ends`() throws {
    let folder = try #require(corpus).appendingPathComponent("xml-attacks")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
      .compactMap { $0 as? String }.sorted()
    var declared = 0
    for file in files {
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(file)), !data.isEmpty
      else { continue }
      let code = try fault(in: Array(data)).prefix { $0 != " " }
      if code == "EntityDeclaration" { declared += 1 }
      // Those of lol_ip have their declarations in a DTD outside, which is not loaded.
      if file.hasPrefix("recurse/"), file.hasSuffix(".xml"), !file.hasPrefix("recurse/lol_ip") {
        #expect(
          ["EntityDeclaration", "InternalSubset", "UndeclaredEntity"].contains(code), "\(file)")
      }
      #expect(
        ["none", "EntityDeclaration", "InternalSubset", "NotWellFormed", "UndeclaredEntity"]
          .contains(code), "\(file)")
    }
    #expect(declared > 12)
  }
}
