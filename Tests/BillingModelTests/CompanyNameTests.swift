import BillingModel
import Testing

@Suite struct CompanyNameTests {
  @Test(arguments: [
    ("Amazon Web Services, Inc.", "AMAZON WEB SERVICES INC"),
    ("Amazon Web Services EMEA SARL", "Amazon Web Services EMEA S.A.R.L."),
    ("Amazon Web Services, Inc.", "Amazon Web Services"),
    ("Ａｍａｚｏｎ Ｗｅｂ Ｓｅｒｖｉｃｅｓ", "Amazon Web Services"),
    ("Beijing Sinnet Technology Co., Ltd.", "北京光环新网科技股份有限公司"),
    ("Beijing Sinnet Technology Co.,Ltd", "Sinnet"),
    ("Ningxia Western Cloud Data Technology Co., Ltd.", "宁夏西云数据科技有限公司"),
    ("Ningxia Western Cloud Data Technology Co., Ltd.", "NWCD"),
  ])
  func `spellings of one company are one`(a: String, b: String) {
    #expect(CompanyName(Text(a)) == CompanyName(Text(b)))
  }

  @Test(arguments: [
    ("Amazon Web Services, Inc.", "Amazon Web Services EMEA SARL"),
    ("Amazon Web Services, Inc.", "Amazon Web Services Canada, Inc."),
    ("北京光环新网科技股份有限公司", "宁夏西云数据科技有限公司"),
    ("Red Hat, Inc.", "Red Bull, Inc."),
  ])
  func `companies of one group stay apart`(a: String, b: String) {
    #expect(CompanyName(Text(a)) != CompanyName(Text(b)))
  }

  @Test func `a name that is only a legal form is kept`() {
    #expect(CompanyName("Company").isKnown)
    #expect(CompanyName("有限公司").isKnown)
    #expect(!CompanyName(" .,").isKnown)
  }
}
