import BillingModel
import Testing

@Suite struct TagsTests {
  @Test func `a tag set is sorted, without empty values and repetitions`() {
    let set = TagSet([
      Tag("b", "1"), Tag("a", "2"), Tag("a", "1"), Tag("c", ""), Tag("b", "1"), Tag("B", "1"),
    ])
    #expect(set.tags == [Tag("B", "1"), Tag("a", "1"), Tag("a", "2"), Tag("b", "1")])
    #expect(TagSet([Tag("c", "")]) == .empty)
  }

  @Test func `the order in which tags come decides nothing`() {
    let tags = [Tag("k", "caf\u{E9}"), Tag("k", "cafe\u{301}"), Tag("a", "z")]
    #expect(TagSet(tags) == TagSet(tags.reversed()))
    #expect(TagSet(tags).tags.count == 3)
  }

  @Test func `evidence is ordered from the strongest down`() {
    let ascending: [EvidenceTier] = [.tag, .alias, .value, .account, .majority, .unknown]
    #expect(ascending.reversed().sorted() == ascending)
  }

  @Test func `a dimension that was not set is unknown`() {
    var attribution = Attribution()
    #expect(attribution[.owner] == .unknown)
    attribution[.owner] = AttributedValue(
      value: "team", tier: .tag, rule: "owner", raw: "Owner=team")
    #expect(attribution[.owner].value == "team")
    #expect(attribution[.costCenter] == .unknown)
  }

  @Test func `of two entries for one account the first holds`() {
    let accounts = AccountDirectory([
      Account(id: "1", name: "first", dimensions: [:]),
      Account(id: "1", name: "second", dimensions: [:]),
    ])
    #expect(accounts["1"]?.name == "first")
    #expect(accounts["2"] == nil)
    #expect(AccountDirectory([]).isEmpty)
  }
}
