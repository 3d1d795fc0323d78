import Testing

@testable import Detecting

@Suite struct DetectorConformanceTests {
  @Test func `each rule has one name`() {
    #expect(Set(DetectorCatalog.ids).count == DetectorCatalog.all.count)
  }
}
