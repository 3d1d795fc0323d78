import BillingModel
import Testing

/// What a version was read with, and what a later program may ask of it.
@Suite struct CarriedScreenTests {
  private static let screen = Screen(
    rule: "R", rows: [.isOneOf(.lineItemType, ["Usage"]), .isNonZero(.unblendedCost)],
    keyedBy: [.subAccountID], measures: [.sum(.unblendedCost)], captures: [.usageType])

  private func changed(_ change: (inout Screen) -> Void) -> CarriedScreen {
    var screen = Self.screen
    change(&screen)
    return CarriedScreen(screen)
  }

  /// Of Python, over what the code says; stored forms must be understood by every later program.
  @Test func `the form of a screen is the same on every machine`() {
    #expect(
      CarriedScreen(Self.screen)
        == CarriedScreen(rule: "R", form: "9bae06d88478aae8", shape: "a4cb56841ee2a607"))
  }

  @Test func `whatever a screen looks for is part of its form`() {
    let forms = [
      CarriedScreen(Self.screen), changed { $0.rows[0] = .isOneOf(.lineItemType, ["Tax"]) },
      changed { $0.rows.removeLast() }, changed { $0.groupedBy = [.usageType] },
      changed { $0.trip = .repeats }, changed { $0.captures = [] },
    ]
    #expect(Set(forms.map(\.form)).count == forms.count)
    #expect(Set(forms.map(\.shape)).count == 1)
    #expect(changed { $0.evidenceLimit = 3 } == CarriedScreen(Self.screen))
  }

  @Test func `what it folds by and adds up is its shape`() {
    let shapes = [
      CarriedScreen(Self.screen), changed { $0.keyedBy = [.serviceName] },
      changed { $0.measures = [.sum(.netUnblendedCost)] },
    ]
    #expect(Set(shapes.map(\.shape)).count == shapes.count)
    #expect(Set(shapes.map(\.form)).count == 1)
  }

  private static let older: Text =
    "the export was read under an older form of the rule: run counterfoil rebuild, which reads it again"

  private func suspect(_ rule: RuleID) -> SuspectGroup {
    SuspectGroup(
      rule: rule, billingAccountID: "1", billingPeriod: Day(number: 20_183).period, currency: "USD",
      key: [:], rows: 1, groups: 1, measures: [], first: [])
  }

  @Test func `rules that are newer than a version, or have another form, are unchecked`() {
    var contents = ExportContents()
    contents.screens = ["Gone", "Other", "Reshaped", "Same"].map {
      CarriedScreen(rule: $0, form: "1", shape: "1")
    }
    contents.suspects = contents.screens.map { suspect($0.rule) }
    let asked = contents.asked([
      CarriedScreen(rule: "New", form: "1", shape: "1"),
      CarriedScreen(rule: "Other", form: "2", shape: "1"),
      CarriedScreen(rule: "Reshaped", form: "1", shape: "2"),
      CarriedScreen(rule: "Same", form: "1", shape: "1"),
    ])
    // What looked for something else found it all the same.
    #expect(asked.suspects.map(\.rule) == ["Gone", "Other", "Same"])
    #expect(
      asked.unchecked == [
        UncheckedScreen(
          rule: "New",
          reason:
            "the export was read before this rule was there: run counterfoil rebuild, which reads it again"
        ),
        UncheckedScreen(rule: "Other", reason: Self.older),
        UncheckedScreen(rule: "Reshaped", reason: Self.older),
      ])
    #expect(contents.asked(contents.screens) == contents)
  }
}
