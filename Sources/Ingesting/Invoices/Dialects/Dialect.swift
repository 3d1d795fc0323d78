package import BillingModel
import ExactNumbers

/// What there is to know of one kind of XML invoice: how it is recognized, where its fields stand, and
/// which arithmetic it is held to. All of it is data.
package struct Dialect: Hashable, Sendable {
  package var name: Text
  package var roots: [Root]
  /// Elements around the root that are passed through, from the outermost.
  package var wrappers: [[ElementName]] = []
  /// From the root to each document; the root itself by default. A root without any (a cXML order) is
  /// no invoice.
  package var document = ElementPath()

  package var fields: [InvoiceField: FieldRule] = [:]
  package var line: LineRule?
  package var taxTotal: TaxTotalRule?
  package var allowance: AllowanceRule?
  package var taxCurrency: ConvertedRule?
  package var paymentCurrency: ConvertedRule?

  /// Type code → kind; a code that is not here has the kind of the root.
  package var kinds: [Text: DocumentKind] = [:]
  /// A document with a total below zero is a credit.
  package var negativeMeansCredit = false
  /// Fields without which a document is not booked.
  package var required: [InvoiceField] = []
  package var refusals: [RefusalRule] = []
  package var cancellations: [CancellationRule] = []
  /// Fields that are worked out where a document does not state them.
  package var computed: Set<ComputedField> = []
  package var references: ReferenceRule?
  package var periodMentions: PeriodMentionRule?
  package var arithmetic = Arithmetic.plain(tolerance: .zero)
  package var exemptions: [ExemptionRule] = []

  package init(name: Text, roots: [Root]) {
    self.name = name
    self.roots = roots
  }

  package struct Root: Hashable, Sendable {
    package var name: ElementName
    package var kind: DocumentKind

    package init(_ name: ElementName, _ kind: DocumentKind = .invoice) {
      self.name = name
      self.kind = kind
    }
  }
}
