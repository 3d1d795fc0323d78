import BillingModel
import Foundation
import TestSupport
import Testing

@testable import PipelineRuntime

@Suite struct AccountsFileTests {
  private func directory(_ text: String) -> (AccountDirectory, mistakes: [String]) {
    let mistakes = Mistakes()
    let accounts = AccountsFile.read(
      Array(text.utf8), fileName: "accounts.csv", mistakes: mistakes)
    return (accounts, mistakes.found.map(\.description))
  }

  private func read(_ text: String) -> (accounts: [Account], mistakes: [String]) {
    read(Array(text.utf8))
  }

  /// The accounts in the order of their ids.
  private func read(_ bytes: [UInt8]) -> (accounts: [Account], mistakes: [String]) {
    let mistakes = Mistakes()
    let directory = AccountsFile.read(bytes, fileName: "accounts.csv", mistakes: mistakes)
    return (
      directory.accounts.values.sorted { $0.id < $1.id }, mistakes.found.map(\.description)
    )
  }

  private let header =
    "AccountId,AccountName,BusinessUnit,Owner,Environment,Application,CostCenter,Criticality\n"

  @Test func `an account has a name and the dimensions whose cells are filled`() {
    let (accounts, mistakes) = read(header + "000000000042,子午集团,Retail,,prod,,CC-1,\n")
    #expect(mistakes == [])
    #expect(
      accounts == [
        Account(
          id: "000000000042", name: "子午集团",
          dimensions: [.businessUnit: "Retail", .environment: "prod", .costCenter: "CC-1"])
      ])
  }

  @Test func `quotes, a byte-order mark, CRLF and no last line end are read as RFC 4180 says`() {
    let text =
      "\u{FEFF}AccountName,AccountId\r\n\"A \"\"B\"\", C\r\nD\",111111111111\r\n\r\n,222222222222"
    let (accounts, mistakes) = read(text)
    #expect(mistakes == [])
    #expect(accounts.map(\.id) == ["111111111111", "222222222222"])
    #expect(accounts.map(\.name) == ["A \"B\", C\r\nD", ""])
  }

  @Test func `faulty cells are named by line and column, and the rest is read`() {
    let text = """
      AccountId,AccountName,Owner
      111111111111,one,
      1.11111E+11,two,
      "222222222222","thr
      ee",x
      222222222222,again,
      333333333333,short
      444444444444,long,,,
      """
    let (accounts, mistakes) = read(text)
    #expect(
      mistakes == [
        "accounts.csv:3:1: an account id has 12 digits, not \"1.11111E+11\""
          + "; a spreadsheet drops leading zeros unless the column is text",
        "accounts.csv:6:1: the account 222222222222 stands already in line 4",
        "accounts.csv:7:14: 2 cells where the header has 3",
        "accounts.csv:8:20: 5 cells where the header has 3",
      ])
    #expect(accounts.map(\.id).prefix(2) == ["111111111111", "222222222222"])
  }

  @Test func `columns count characters, not bytes`() {
    let (_, mistakes) = read("AccountName,AccountId\n子午集团,42\n")
    #expect(mistakes.count == 1)
    #expect(mistakes[0].hasPrefix("accounts.csv:2:6: "))
  }

  @Test func `a header is corrected`() {
    #expect(
      read("AccountId,Acount Name,Owner,Owner\n").mistakes == [
        "accounts.csv:1:11: unknown column \"Acount Name\" (did you mean \"AccountName\"?)",
        "accounts.csv:1:29: the column \"Owner\" stands twice",
      ])
    #expect(
      read("AccountName\nx\n").mistakes == [
        "accounts.csv:1:1: the column \"AccountId\" is missing"
      ])
    #expect(read("").mistakes.count == 1)
  }

  @Test(arguments: [
    ("AccountId\n\"111111111111", "accounts.csv:2:1: a quote that is never closed"),
    ("AccountId\n\"1\"1\n", "accounts.csv:2:4: text after a closing quote"),
  ])
  func `a broken quote is named where it begins`(_ text: String, _ mistake: String) {
    #expect(read(text).mistakes == [mistake])
  }

  @Test func `a file that is not UTF-8 says how to save it`() {
    // 子午 in GBK, as spreadsheets in China save by default.
    let bytes = Array("AccountId,AccountName\n111111111111,".utf8) + [0xD7, 0xD3, 0xCE, 0xE7, 0x0A]
    #expect(
      read(bytes).mistakes == [
        "accounts.csv:1:1: the file is not UTF-8; save it as \"CSV UTF-8\""
      ])
  }

  @Test func `the list of AWS Organizations is told by its content`() {
    let (accounts, mistakes) = read(
      """
      {"Accounts": [
        {"Id": "111111111111", "Arn": "arn:aws:organizations::1:account/o-1/1", "Name": "one",
         "Status": "ACTIVE", "JoinedTimestamp": 1700000000.25},
        {"Id": "42", "Name": "short"},
        {"Name": "none"},
        {"Id": "111111111111", "Name": "again"}
      ]}
      """)
    #expect(accounts.first == Account(id: "111111111111", name: "one", dimensions: [:]))
    #expect(
      mistakes == [
        "accounts.csv:1:1: Accounts[1].Id: an account id has 12 digits, not \"42\""
          + "; a spreadsheet drops leading zeros unless the column is text",
        "accounts.csv:1:1: Accounts[2].Id is missing",
        "accounts.csv:1:1: Accounts[3].Id: the account 111111111111 stands twice",
      ])
  }

  @Test func `a row without an id is the entry of its unit`() {
    let (directory, mistakes) = directory(
      """
      AccountId,OrganizationalUnit,Owner
      111111111111,/Shop/Online/,anna
      ,Shop,shop-owner
      222222222222,Shop//Online/Prod,
      ,Shop/Online,
      ,Shop,again
      ,,nobody
      333333333333,,
      """)
    #expect(
      mistakes == [
        "accounts.csv:6:1: the unit Shop stands already in line 3",
        "accounts.csv:7:1: an account id has 12 digits, not \"\""
          + "; a spreadsheet drops leading zeros unless the column is text",
      ])
    #expect(directory["111111111111"]?.unit == "Shop/Online")
    #expect(directory.units["Shop/Online"] == [:])
    #expect(directory.units(of: "222222222222") == ["Shop/Online/Prod", "Shop/Online", "Shop"])
    #expect(directory.units(of: "333333333333") == [])
    #expect(directory.accounts.count == 3)
  }

  @Test func `the list of AWS Organizations tells the unit by its path, and may hold units`() {
    let (directory, mistakes) = directory(
      """
      {"Accounts": [
        {"Id": "111111111111", "Paths": ["o-a1/r-b2/ou-c3/111111111111/"]},
        {"Id": "222222222222", "Paths": ["o-a1/r-b2/ou-c3/ou-d4"]},
        {"Id": "333333333333"}],
       "OrganizationalUnits": [{"Path": "o-a1/r-b2/ou-c3/", "Owner": "anna", "CostCenter": ""}, {}]}
      """)
    #expect(mistakes == ["accounts.csv:1:1: OrganizationalUnits[1].Path is missing"])
    #expect(directory["111111111111"]?.unit == "o-a1/r-b2/ou-c3")
    #expect(directory.units(of: "222222222222").dropFirst().first == "o-a1/r-b2/ou-c3")
    #expect(directory["333333333333"]?.unit == "")
    #expect(directory.units == ["o-a1/r-b2/ou-c3": [.owner: "anna"]])
  }

  @Test func `broken JSON is named by line and column`() {
    #expect(
      read("{\n  \"Accounts\": [}\n").mistakes == [
        "accounts.csv:2:16: JSON syntax: expected a value"
      ])
    #expect(
      read("{\"Account\": []}").mistakes == [
        "accounts.csv:1:1: expected {\"Accounts\": [ … ]}, as `aws organizations list-accounts` prints it"
      ])
  }

  @Test func `the shipped list has no mistake: two payers and sixteen subsidiaries`() throws {
    let file = repositoryRoot().appendingPathComponent("pipelines/sample/accounts.csv")
    let (accounts, mistakes) = read([UInt8](try Data(contentsOf: file)))
    #expect(mistakes == [])
    let kinds = accounts.map { $0.id.string.prefix(1) }
    #expect(kinds.count { $0 == "1" || $0 == "3" } == 2)
    #expect(kinds.count { $0 == "2" } == 12)
    #expect(kinds.count { $0 == "4" } == 4)
    #expect(accounts.count == 18)
  }
}
