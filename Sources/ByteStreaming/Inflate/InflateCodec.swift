/// Who inflates. zlib is always there; ISA-L, which needs less than half the time, where the package was built with
/// its trait `ISAL`.
package enum InflateCodec: String, Sendable, CaseIterable {
  case zlib = "zlib"
  #if ISAL
    case isal = "ISA-L"
  #endif

  /// Which one is used unless a caller asks for another.
  package static var standard: InflateCodec {
    #if ISAL
      .isal
    #else
      .zlib
    #endif
  }
}
