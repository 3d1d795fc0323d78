import Foundation
import TestSupport
import Testing

@testable import ByteStreaming

/// Packed files that Python wrote, by their names.
struct PackedSamples: Sendable {
  private let files: [String: [UInt8]]

  private init(_ script: String) throws {
    let folder = TemporaryFolder()
    let path = repositoryRoot().appendingPathComponent("Tests/ByteStreamingTests/Oracle/\(script)")
    _ = try oracle(path, [folder.path])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    files = try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, [UInt8](try Data(contentsOf: folder.url.appendingPathComponent($0))))
      })
  }

  private static let gzips = Result { try PackedSamples("gzips.py") }
  private static let zips = Result { try PackedSamples("zips.py") }

  static func gzip(_ name: String) throws -> [UInt8] {
    try #require(try gzips.get().files[name], "\(name)")
  }

  static func zip(_ name: String) throws -> [UInt8] {
    try #require(try zips.get().files[name], "\(name)")
  }
}

/// How packed bytes are unpacked: by whom, and in pieces of which sizes.
struct Unpacking: CustomTestStringConvertible, Sendable {
  var codec: InflateCodec
  var input: Int
  var output: Int
  var testDescription: String { "\(codec.rawValue), \(input) in, \(output) out" }

  static let all: [Unpacking] = InflateCodec.allCases.flatMap { codec in
    [(1, 1), (1, 65_536), (7, 3), (65_536, 1), (300, 40_000), (1 << 20, 1 << 18)].map {
      Unpacking(codec: codec, input: $0.0, output: $0.1)
    }
  }

  func plain(gzip bytes: [UInt8]) throws(StreamError) -> [UInt8] {
    var stream = GzipStream(codec)
    let plain = try unsafe run(bytes) { source, target throws(StreamError) in
      unsafe try stream.inflate(&source, into: target)
    }
    _ = try stream.finish()
    return plain
  }

  func plain(zip bytes: [UInt8]) throws(StreamError) -> [UInt8] {
    var stream = ZipStream(codec)
    let plain = try unsafe run(bytes) { source, target throws(StreamError) in
      unsafe try stream.inflate(&source, into: target)
    }
    _ = try stream.finish()
    return plain
  }

  private func run(
    _ bytes: [UInt8],
    _ inflate: (
      inout UnsafeRawBufferPointer, UnsafeMutableRawBufferPointer
    ) throws(StreamError) -> Int
  ) throws(StreamError) -> [UInt8] {
    let packed = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    let target = UnsafeMutableRawBufferPointer.allocate(byteCount: output, alignment: 1)
    defer {
      unsafe packed.deallocate()
      unsafe target.deallocate()
    }
    unsafe packed.copyBytes(from: bytes)
    var plain: [UInt8] = []
    var at = 0
    var source = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    while true {
      let count = unsafe try inflate(&source, target)
      unsafe plain.append(contentsOf: target[..<count])
      guard count == 0 else { continue }
      guard unsafe source.isEmpty else { throw .damaged(.gzip, "the source was not used up") }
      if at == bytes.count { return plain }
      let end = min(at + input, bytes.count)
      unsafe source = UnsafeRawBufferPointer(rebasing: packed[at..<end])
      at = end
    }
  }
}

/// The plain bytes of a whole file.
func plain(_ bytes: [UInt8], _ codec: InflateCodec) throws(StreamError) -> [UInt8] {
  var source = try ByteSource(bytes, codec: codec)
  return try source.readAll(limit: 1 << 30)
}

/// Why a whole file is refused, or nil.
func fault(_ bytes: [UInt8], _ codec: InflateCodec) -> StreamError? {
  do throws(StreamError) {
    _ = try plain(bytes, codec)
    return nil
  } catch {
    return error
  }
}
