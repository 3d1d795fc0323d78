import BillingModel
import ByteStreaming
import ExactNumbers
import Tabulating

/// The control totals of a delivery, stage by stage: what was read must be kept or rejected, and what
/// was kept must be in the sums. Nothing is lost, in rows and in money.
enum ControlBalance {
  static func stages(of contents: ExportContents) throws(AmountOverflow) -> [StageTotal] {
    var read = ControlTotals()
    var kept = ControlTotals()
    var rejected = ControlTotals()
    for file in contents.files {
      try read.add(file.read)
      try kept.add(file.kept)
      try rejected.add(file.rejected)
    }
    var charged = ControlTotals()
    for charge in contents.charges {
      charged.rows += charge.sums.lineItems
      try charged.cost.add(charge.sums.unblended, charge.key.currency)
    }
    var allocated = ControlTotals()
    for allocation in contents.allocations {
      allocated.rows += allocation.sums.lineItems
      try allocated.cost.add(allocation.sums.unblended, allocation.currency)
    }
    return [
      StageTotal(stage: "read", totals: read), StageTotal(stage: "kept", totals: kept),
      StageTotal(stage: "rejected", totals: rejected),
      StageTotal(stage: "charges", totals: charged),
      StageTotal(stage: "allocations", totals: allocated),
    ]
  }

  /// Stops the run where a delivery does not balance.
  static func check(_ contents: ExportContents, _ name: Text) throws(Stop) {
    for file in contents.files where !file.balances {
      throw .outOfBalance("\(file.file): rows read are not rows kept plus rows rejected")
    }
    let stages = try Stop.catching("\(name)") { () throws(AmountOverflow) in
      try self.stages(of: contents)
    }
    let kept = stages[1].totals
    for stage in stages[3...] where !stage.totals.equals(kept) {
      throw .outOfBalance("\(name): \(stage.stage) are not what was kept")
    }
  }
}

extension ControlTotals {
  /// A currency that is not there counts as 0.
  func equals(_ other: ControlTotals) -> Bool {
    rows == other.rows
      && Set(cost.amounts.keys).union(other.cost.amounts.keys)
        .allSatisfy { cost[$0] == other.cost[$0] }
  }
}

extension Stop {
  /// Turns an overflow into a reason to stop that names its place.
  static func catching<Value>(
    _ place: String, _ body: () throws(AmountOverflow) -> Value
  ) throws(Stop) -> Value {
    do throws(AmountOverflow) {
      return try body()
    } catch {
      throw .overflow(place)
    }
  }

  /// Turns what stands in the way of merging into a reason to stop that names its place.
  static func catching<Value>(
    _ place: String, _ body: () throws(MergeFault) -> Value
  ) throws(Stop) -> Value {
    do throws(MergeFault) {
      return try body()
    } catch {
      switch error {
      case .overflow: throw .overflow(place)
      case .scratch(let error): throw Stop(error)
      }
    }
  }

  /// Turns a failed system call into a reason to stop.
  static func onFiles<Value>(_ body: () throws(FileError) -> Value) throws(Stop) -> Value {
    do throws(FileError) {
      return try body()
    } catch {
      throw Stop(error)
    }
  }
}
