import CProcessor

/// What happens to memory that is not needed any more.
package enum FreedMemory {
  /// From now on, large blocks go back to the system when they are freed. Left to itself the allocator of
  /// glibc keeps more and more of them: a pass over many files would grow with their number.
  ///
  /// - Parameter size: Blocks of so many bytes are large. Each costs the system some work.
  package static func goesBack(fromSize size: Int) {
    counterfoil_free_to_system(Int32(clamping: size))
  }
}
