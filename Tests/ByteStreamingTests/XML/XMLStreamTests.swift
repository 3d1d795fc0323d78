import ByteStreaming
import Testing

@Suite struct XMLStreamTests {
  @Test func `elements and attributes come with their namespace, whatever the prefix`() throws {
    let text = """
      <a:x xmlns:a="urn:one" xmlns="urn:two" a:p="1" q="2"><y/><z xmlns="" xml:lang="de"/></a:x>
      """
    #expect(
      try events(of: text) == [
        "<{urn:one}x>", "@{urn:one}p=1", "@q=2", "<{urn:two}y>", "</>", "<z>",
        "@{http://www.w3.org/XML/1998/namespace}lang=de", "</>", "</>",
      ])
  }

  @Test func `text is given with its references resolved, CDATA as it stands`() throws {
    #expect(
      try events(of: "<a>1 &lt; 2 &#x4E2D;&#22269;<![CDATA[ <b> & ]]>!</a>")
        == ["<a>", "1 < 2 中国 <b> & !", "</>"])
  }

  @Test func `comments and instructions are no text`() throws {
    #expect(try events(of: "<a>1<!-- 2 --><?x 3?>4</a>") == ["<a>", "14", "</>"])
  }

  @Test func `bytes that were read ahead come first`() throws {
    let text = Array("<a><b>12345</b></a>".utf8)
    let whole = try events(of: text)
    for head in 0...text.count { #expect(try events(of: text, head: head) == whole) }
    // More than libxml2 reads at once.
    let digits = (0..<2000).map { "\($0) " }.joined()
    let long = Array("<a>\(digits)</a>".utf8)
    for head in [3999, 4000, 4001, 9000] {
      #expect(try events(of: long, head: head) == ["<a>", digits, "</>"])
    }
  }

  @Test func `a byte-order mark and UTF-16 are read`() throws {
    let text = "<?xml version=\"1.0\"?><a>中</a>"
    #expect(try events(of: [0xEF, 0xBB, 0xBF] + Array(text.utf8)) == ["<a>", "中", "</>"])
    let little: [UInt8] =
      [0xFF, 0xFE]
      + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(try events(of: little) == ["<a>", "中", "</>"])
    let big: [UInt8] =
      [0xFE, 0xFF]
      + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    #expect(try events(of: big) == ["<a>", "中", "</>"])
  }

  /// 中文 is D6D0 CEC4 in GBK.
  @Test(arguments: ["GBK", "GB2312", "GB18030"])
  func `Chinese encodings are decoded`(_ encoding: String) throws {
    let head = Array("<?xml version='1.0' encoding='\(encoding)'?><a>".utf8)
    let bytes = head + [0xD6, 0xD0, 0xCE, 0xC4] + Array("</a>".utf8)
    #expect(try events(of: bytes) == ["<a>", "中文", "</>"])
  }

  @Test func `a document that declares GBK and is UTF-8 is refused, not garbled`() throws {
    let text = "<?xml version=\"1.0\" encoding=\"GBK\"?><a>云服务费用</a>"
    do {
      // As ByteSource users do, the first bytes are looked at before.
      var source = try ByteSource(Array(text.utf8))
      let head = try source.readHead(limit: 4096)
      var recorder = EventRecorder()
      try XMLStream.read(&source, head: head, into: &recorder)
      Issue.record("it was read")
    } catch let fault as XMLFault {
      #expect(fault.code == "WrongEncoding")
      #expect(
        fault.description
          == "it declares the encoding GBK, but its bytes are UTF-8: correct the declaration in its "
          + "first line")
    }
  }

  @Test func `a receiver can end the reading`() throws {
    var recorder = EventRecorder()
    recorder.unwanted = "c"
    var source = try ByteSource(Array("<a>\n <b/>\n <c/><d/></a>".utf8))
    #expect(throws: XMLFault(code: "Unwanted", message: "not c", line: 3, column: 4)) {
      try XMLStream.read(&source, into: &recorder)
    }
    #expect(recorder.events.last != "<d>")
  }

  @Test func `an element is passed over with all that it holds, and what follows is not`() throws {
    var recorder = EventRecorder()
    recorder.passedOver = "b"
    let text = "<a>1<b p='1'>2<c>3<b>4</b>5</c>6</b>7<c>8</c><b/>9</a>"
    var source = try ByteSource(Array(text.utf8))
    try XMLStream.read(&source, into: &recorder)
    #expect(recorder.events == ["<a>", "1", "<b>", "7", "<c>", "8", "</>", "<b>", "9", "</>"])
  }

  @Test func `what is passed over is held to the limits`() throws {
    var recorder = EventRecorder()
    recorder.passedOver = "b"
    var limits = XMLLimits()
    limits.depth = 3
    limits.names = 3
    limits.attributesPerElement = 1
    for (inner, code) in [
      ("<b><b/></b>", ""), ("<b><b><b/></b></b>", "TooDeep"), ("<b><c/><d/></b>", "TooManyNames"),
      ("<b><b x='' y=''/></b>", "TooManyAttributes"),
    ] {
      var source = try ByteSource(Array("<a>\(inner)</a>".utf8))
      do {
        try XMLStream.read(&source, into: &recorder, limits: limits)
        #expect(code == "")
      } catch {
        #expect(error.code == code)
      }
    }
  }

  @Test func `a megabyte of text passes in bounded pieces`() throws {
    var recorder = EventRecorder()
    recorder.keepsText = false
    let count = 11 << 20
    let body = [UInt8](repeating: UInt8(ascii: "A"), count: count)
    var source = try ByteSource(Array("<a>".utf8) + body + Array("</a>".utf8))
    try XMLStream.read(&source, into: &recorder)
    #expect(recorder.textBytes == count)
  }
}
