import BillingModel
import Reporting
import Testing

@Suite struct DocumentManifestTests {
  @Test func `the seal names every document with its bytes, hash, rows and sum`() throws {
    var totals = CurrencyTotals()
    try totals.add(SampleReport.amount("12.5"), "USD")
    let documents = [
      Document(name: "run-summary.json", bytes: [1, 2, 3], rows: 0),
      Document(
        name: "anomalies.csv", bytes: [1, 2], rows: 7,
        controlTotal: ControlTotal(column: "AmountAtStake", amounts: totals)),
    ]
    #expect(DocumentManifest.name == "MANIFEST.json")
    #expect(
      utf8(DocumentManifest.bytes([(documents[0], "aa"), (documents[1], "bb")])) == """
        {
          "documents": [
            {
              "name": "anomalies.csv",
              "bytes": 2,
              "sha256": "bb",
              "rows": 7,
              "controlTotal": {
                "column": "AmountAtStake",
                "amounts": {
                  "USD": "12.50"
                }
              }
            },
            {
              "name": "run-summary.json",
              "bytes": 3,
              "sha256": "aa",
              "rows": 0,
              "controlTotal": null
            }
          ]
        }

        """)
  }
}
