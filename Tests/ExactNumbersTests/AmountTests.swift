import ExactNumbers
import Testing

@Suite struct AmountTests {
  @Test func `an exponent is applied exactly`() throws {
    #expect(try Amount(parsing: "4.0E-7").description == "0.0000004")
  }
}
