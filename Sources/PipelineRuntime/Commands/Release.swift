import ByteStreaming

/// What this program calls itself.
package enum Release {
  package static let version = "0.1.0"

  /// The version, and who inflates: `0.1.0 (zlib)`. Not for `out/`, whose bytes are the same either way.
  package static var description: String { "\(version) (\(InflateCodec.standard.rawValue))" }
}
