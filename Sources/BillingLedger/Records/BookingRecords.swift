package import BillingModel

/// What a version of a payer's billing period counts for.
package enum BookingRole: String, Hashable, Sendable, CaseIterable {
  /// Its charges are the period's charges; at most one for each payer and period.
  case booked
  /// Another export of the same charges: compared, never counted.
  case shadow
  /// The version that the booked one replaced last, kept whole to say what moved.
  case replaced
  /// An older one: only its header is kept.
  case superseded
}

/// A version of a payer's billing period without its contents.
package struct BookingHeader: Hashable, Sendable {
  /// The ledger's number.
  package var id: Int
  /// The ledger's number of the delivery: with payer and period it names one version for good.
  package var delivery: Int
  package var role: BookingRole
  package var billingAccountID: Text
  package var billingPeriod: BillingPeriod
  package var exportName: Text
  package var format: ExportFormat
  package var version: Text
  package var versionDay: Day
  /// The SHA-256 of the files it was read from, sorted.
  package var files: [Text]

  package init(
    id: Int, delivery: Int, role: BookingRole, billingAccountID: Text, billingPeriod: BillingPeriod,
    exportName: Text, format: ExportFormat, version: Text, versionDay: Day, files: [Text]
  ) {
    self.id = id
    self.delivery = delivery
    self.role = role
    self.billingAccountID = billingAccountID
    self.billingPeriod = billingPeriod
    self.exportName = exportName
    self.format = format
    self.version = version
    self.versionDay = versionDay
    self.files = files
  }
}

/// A version that a night adds.
package struct NewBooking: Sendable {
  package var booking: Booking
  package var role: BookingRole
  /// The SHA-256 of the files it was read from.
  package var files: [Text]

  package init(booking: Booking, role: BookingRole, files: [Text]) {
    self.booking = booking
    self.role = role
    self.files = files
  }
}

/// A version of an earlier night that counts for something else from now on.
package struct RoleChange: Hashable, Sendable {
  package var booking: Int
  package var role: BookingRole

  package init(booking: Int, role: BookingRole) {
    self.booking = booking
    self.role = role
  }
}
