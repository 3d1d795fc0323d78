import ByteStreaming
import Testing

@Suite struct PathTests {
  @Test(
    arguments: [
      (Array("inbox/五月.csv".utf8), "inbox/五月.csv"),
      (Array("a\nb\t\u{7F}".utf8), #"a\x0Ab\x09\x7F"#),
      ([0x61, 0xFF, 0xFE, 0x2F, 0x62], #"a\xFF\xFE/b"#), ([0xC3, 0xA9, 0xFF], #"\xC3\xA9\xFF"#),
      (Array("-rf $(x) 'y'".utf8), "-rf $(x) 'y'"), ([], ""),
    ] as [([UInt8], String)])
  func `a path prints on one line, whatever its bytes are`(bytes: [UInt8], text: String) {
    #expect(Path(bytes: bytes).description == text)
  }

  @Test(arguments: [
    ("inbox/may/a.csv", "a.csv", "inbox/may"), ("a.csv", "a.csv", "."), ("/a.csv", "a.csv", "/"),
    ("/inbox/a", "a", "/inbox"), ("inbox/", "", "inbox"),
  ])
  func `a path has a name and a folder`(text: String, name: String, folder: String) {
    #expect(Path(text).name == Array(name.utf8))
    #expect(Path(text).folder == Path(folder))
  }

  @Test func `components are joined by one slash`() {
    #expect(Path("a").appending("b") == "a/b")
    #expect(Path("a/").appending("b") == "a/b")
    #expect(Path("/").appending("b") == "/b")
    #expect(Path("").appending("b") == "b")
    #expect(Path("a").appending(bytes: [0xFF]).bytes == [0x61, 0x2F, 0xFF])
  }

  @Test func `paths are compared and ordered by their bytes`() {
    #expect(Path("caf\u{E9}") != Path("cafe\u{301}"))
    let ascending = [Path(""), "B", "a", "a/b", "aé", Path(bytes: [0x61, 0xFF])]
    #expect(ascending.reversed().sorted() == ascending)
  }

  @Test func `nothing lies at a path with a NUL byte`() throws {
    let folder = TemporaryRoot()
    try folder.write("file")
    let path = folder.path.appending(bytes: Array("file\0.csv".utf8))
    #expect(try path.kind() == nil)
    #expect(throws: FileError.self) { _ = try InputFile(path) }
    #expect(throws: FileError.self) { try AtomicFile.write([], to: path) }
    #expect(throws: FileError.self) { try Folder.make(path) }
  }
}
