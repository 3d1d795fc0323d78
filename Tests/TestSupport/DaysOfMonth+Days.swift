package import BillingModel

extension DaysOfMonth {
  /// Days from 1 to 31, written down in a test.
  package init(_ days: some Sequence<Int>) {
    self.init(bits: days.reduce(0) { $0 | 1 << UInt32($1 - 1) })
  }
}
