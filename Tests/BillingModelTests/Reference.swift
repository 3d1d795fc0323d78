import Foundation
import TestSupport

/// Lines that `Oracle/reference.py`, Python's standard library, prints.
func reference(_ arguments: String...) throws -> [Substring] {
  let script = repositoryRoot().appendingPathComponent(
    "Tests/BillingModelTests/Oracle/reference.py")
  return try String(decoding: oracle(script, arguments), as: UTF8.self)
    .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
}

/// The same in pairs: what is read, and what it must be read as.
func referencePairs(_ job: String, seed: Int, count: Int) throws -> [(Substring, Substring)] {
  let lines = try reference(job, String(seed), String(count))
  return stride(from: 0, to: lines.count, by: 2).map { (lines[$0], lines[$0 + 1]) }
}
