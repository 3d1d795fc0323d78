import BillingModel
import ExactNumbers

/// Net amounts by service, where the lines of the documents name services that are charged.
struct ServiceRows: Sendable {
  private(set) var foldsDataTransfer = false
  private let showsTransfer: Bool
  private var table: Table

  static let dataTransfer: Text = "AWS Data Transfer"

  init(_ comparison: Comparison) throws(AmountOverflow) {
    let items = comparison.invoiced.items.filter { !$0.serviceName.isEmpty }
    table = Table(agreedTax: comparison.agreedTax.withoutCosts)
    showsTransfer = items.contains { ServiceName($0.serviceName) == .dataTransfer }
    guard !items.isEmpty else { return }
    for node in comparison.group.nodes {
      for charge in node.charges where charge.isOfAService {
        if moves(charge), !charge.billedCost.isZero { foldsDataTransfer = true }
        try table.charge(charge, as: service(of: charge))
      }
    }
    // Lines that name no service of the charges ("cloud services") say nothing about services.
    guard items.contains(where: { table.knows($0.serviceName) }) else {
      foldsDataTransfer = false
      table = Table(agreedTax: comparison.agreedTax.withoutCosts)
      return
    }
    try table.setTaxApart()
    for item in items { try table.invoice(item) }
  }

  var rows: [LevelRow] { table.rows }

  /// The key of the row that a charge counts in, if there is one.
  func key(of charge: ChargeSummary) -> Text? {
    charge.isOfAService ? table.key(of: service(of: charge)) : nil
  }

  /// The key of the row that the lines of this service count in, if there is one.
  func key(of service: Text) -> Text? { table.key(of: service) }

  private func moves(_ charge: ChargeSummary) -> Bool {
    showsTransfer && charge.key.isDataTransfer
      && ServiceName(charge.key.serviceName) != .dataTransfer
  }

  private func service(of charge: ChargeSummary) -> Text {
    moves(charge) ? Self.dataTransfer : charge.key.serviceName
  }

  private struct Table {
    private let agreedTax: AgreedTax
    private var taxes: [ServiceName: AgreedTax] = [:]
    private var byName: [ServiceName: LevelRow] = [:]
    /// Product codes lead to the services they stand for; one that stands for several leads nowhere.
    private var namesByCode: [ServiceName: Set<ServiceName>] = [:]
    /// Folding a name costs more than finding it.
    private var folded: [Text: ServiceName] = [:]

    init(agreedTax: AgreedTax) { self.agreedTax = agreedTax }

    var rows: [LevelRow] { Array(byName.values) }

    mutating func charge(
      _ charge: ChargeSummary, as service: Text
    ) throws(AmountOverflow) {
      let name = name(folding: service)
      var row = byName[name] ?? LevelRow(key: service, charged: .zero)
      row.key = min(row.key, service)
      row.charged = try (row.charged ?? .zero) + charge.billedCost
      byName[name] = row
      try taxes[name, default: agreedTax].add(charge)
      if !charge.key.productCode.isEmpty, service == charge.key.serviceName {
        namesByCode[self.name(folding: charge.key.productCode), default: []].insert(name)
      }
    }

    /// Services are compared without tax, where costs contain it.
    mutating func setTaxApart() throws(AmountOverflow) {
      for (name, tax) in taxes {
        guard let charged = byName[name]?.charged else { continue }
        byName[name]?.charged = try charged - tax.contained()
      }
    }

    private mutating func name(folding text: Text) -> ServiceName {
      if let name = folded[text] { return name }
      let name = ServiceName(text)
      folded[text] = name
      return name
    }

    private func name(of service: Text) -> ServiceName {
      let name = folded[service] ?? ServiceName(service)
      guard byName[name] == nil, let names = namesByCode[name], names.count == 1,
        let only = names.first
      else { return name }
      return only
    }

    func key(of service: Text) -> Text? { byName[name(of: service)]?.key }

    func knows(_ service: Text) -> Bool { byName[name(of: service)]?.charged != nil }

    mutating func invoice(_ item: InvoiceItem) throws(AmountOverflow) {
      let name = name(of: item.serviceName)
      var row = byName[name] ?? LevelRow(key: item.serviceName)
      if row.charged == nil { row.key = min(row.key, item.serviceName) }
      row.invoiced = try (row.invoiced ?? .zero) + item.net
      byName[name] = row
    }
  }
}

extension ChargeSummary {
  fileprivate var isOfAService: Bool {
    key.chargeType.chargeClass != .tax && !key.serviceName.isEmpty
  }
}

/// A service's name, folded: case, spaces, punctuation and the words "Amazon" and "AWS" at its
/// beginning do not count, so that `Amazon EC2`, `AmazonEC2` and `EC2` are one.
private struct ServiceName: Hashable, Sendable {
  private let folded: Text

  static let dataTransfer = ServiceName(ServiceRows.dataTransfer)

  init(_ name: Text) {
    var letters = name.string.lowercased().unicodeScalars.filter {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }[...]
    for maker in ["amazon", "aws"] where letters.starts(with: maker.unicodeScalars) {
      let rest = letters.dropFirst(maker.unicodeScalars.count)
      if !rest.isEmpty { letters = rest }
    }
    self.folded = Text(String(String.UnicodeScalarView(letters)))
  }
}

/// Net amounts by account, where the lines of the documents name accounts.
enum SubAccountRows {
  static func rows(_ comparison: Comparison) throws(AmountOverflow) -> [LevelRow] {
    let items = comparison.invoiced.items.filter { !$0.subAccountID.isEmpty }
    guard !items.isEmpty else { return [] }
    var byAccount: [Text: LevelRow] = [:]
    var taxes: [Text: AgreedTax] = [:]
    for item in items {
      var row = byAccount[item.subAccountID] ?? LevelRow(key: item.subAccountID)
      row.invoiced = try (row.invoiced ?? .zero) + item.net
      byAccount[item.subAccountID] = row
    }
    for charge in comparison.group.nodes.lazy.flatMap(\.charges)
    where charge.key.chargeType.chargeClass != .tax && !charge.key.subAccountID.isEmpty {
      let account = charge.key.subAccountID
      var row = byAccount[account] ?? LevelRow(key: account)
      row.charged = try (row.charged ?? .zero) + charge.billedCost
      byAccount[account] = row
      try taxes[account, default: comparison.agreedTax.withoutCosts].add(charge)
    }
    for (account, tax) in taxes {
      guard let charged = byAccount[account]?.charged else { continue }
      byAccount[account]?.charged = try charged - tax.contained()
    }
    return Array(byAccount.values)
  }
}
