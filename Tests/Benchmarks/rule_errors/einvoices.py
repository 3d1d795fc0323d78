"""Invoices as documents: what one states, and how UBL, CII, cXML and fapiao write it.

Every figure is stated by itself, so that one can be broken and the others stay.
"""
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal as D
from xml.sax.saxutils import escape, quoteattr

from .bills import cents, text


@dataclass
class Line:
    name: str
    quantity: int
    price: D
    net: D
    tax: D = D(0)
    gross: D = D(0)


@dataclass
class Invoice:
    """Terms of EN 16931 by their meaning; rates in percent."""

    number: str
    issued: date
    first: date
    last: date
    payer: str
    seller: str
    seller_tax: str
    bank: str
    buyer: str
    buyer_tax: str
    # Some may have two, with a semicolon between them; orders in cXML only.
    order: str
    rate: int
    lines: list = field(default_factory=list)
    allowance: D = D(0)
    currency: str = "USD"
    kind: str = "invoice"
    # The id that the charges bear; a fapiao has a number of its own.
    charged: str = ""
    # Whether tax is rounded line by line.
    taxes_lines: bool = False
    # Of cXML.
    payload: str = ""
    operation: str = "new"
    takes_back: str = ""

    @property
    def banks(self):
        return [bank for bank in self.bank.split(";") if bank]

    def total(self):
        """States the totals that the lines make."""
        self.line_total = sum((line.net for line in self.lines), D(0))
        self.allowance_row = self.allowance
        self.net = self.taxable = self.line_total - self.allowance
        for line in self.lines:
            line.tax = cents(line.net * self.rate / 100)
            line.gross = line.net + line.tax
        by_line = sum((line.tax for line in self.lines), D(0))
        self.tax = self.tax_row = by_line if self.taxes_lines else cents(self.net * self.rate / 100)
        self.gross = self.payable = self.net + self.tax
        return self


def parts(*texts):
    """Those that say something: an element without content is not written."""
    return "".join(part for part in texts if part)


def element(name, content, attributes=""):
    return f"<{name}{attributes}>{content}</{name}>" if content else ""


def ubl(invoice):
    credit = invoice.kind == "credit"
    root = "CreditNote" if credit else "Invoice"
    quantity = "CreditedQuantity" if credit else "InvoicedQuantity"

    def money(name, amount):
        return f'<cbc:{name} currencyID="{invoice.currency}">{text(amount)}</cbc:{name}>'

    category = "S" if invoice.rate else "Z"
    kind = f"<cbc:ID>{category}</cbc:ID><cbc:Percent>{invoice.rate}</cbc:Percent>"
    kind += "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"

    def party(role, name, tax):
        scheme = element("cac:PartyTaxScheme", tax and element("cbc:CompanyID", escape(tax))
                         + "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>")
        entity = element("cac:PartyLegalEntity", element("cbc:RegistrationName", escape(name)))
        return element(f"cac:{role}", element("cac:Party", scheme + entity))

    def line(index, line):
        item = element("cbc:Name", escape(line.name)) + element("cac:ClassifiedTaxCategory", kind)
        return element(f"cac:{root}Line", (
            f'<cbc:ID>{index}</cbc:ID><cbc:{quantity} unitCode="C62">{line.quantity}</cbc:{quantity}>'
            f'{money("LineExtensionAmount", line.net)}{element("cac:Item", item)}'
            f'{element("cac:Price", money("PriceAmount", line.price))}'))

    allowance = invoice.allowance and element("cac:AllowanceCharge", (
        "<cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
        f'{money("Amount", invoice.allowance_row)}{element("cac:TaxCategory", kind)}'))
    space = "urn:oasis:names:specification:ubl:schema:xsd:"
    return parts(
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<{root} xmlns="{space}{root}-2" xmlns:cac="{space}CommonAggregateComponents-2" ',
        f'xmlns:cbc="{space}CommonBasicComponents-2">',
        "<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>",
        f"<cbc:ID>{invoice.number}</cbc:ID><cbc:IssueDate>{invoice.issued}</cbc:IssueDate>",
        element(f"cbc:{root}TypeCode", 381 if credit else 380),
        element("cbc:DocumentCurrencyCode", invoice.currency),
        element("cbc:BuyerReference", invoice.payer),
        f"<cac:InvoicePeriod><cbc:StartDate>{invoice.first}</cbc:StartDate>",
        f"<cbc:EndDate>{invoice.last}</cbc:EndDate></cac:InvoicePeriod>",
        element("cac:OrderReference", element("cbc:ID", invoice.order)),
        party("AccountingSupplierParty", invoice.seller, invoice.seller_tax),
        party("AccountingCustomerParty", invoice.buyer, invoice.buyer_tax),
        *(element("cac:PaymentMeans", "<cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>"
                  + element("cac:PayeeFinancialAccount", element("cbc:ID", bank))) for bank in invoice.banks),
        allowance,
        element("cac:TaxTotal", money("TaxAmount", invoice.tax) + element("cac:TaxSubtotal", (
            money("TaxableAmount", invoice.taxable) + money("TaxAmount", invoice.tax_row)
            + element("cac:TaxCategory", kind)))),
        element("cac:LegalMonetaryTotal", parts(
            money("LineExtensionAmount", invoice.line_total), money("TaxExclusiveAmount", invoice.net),
            money("TaxInclusiveAmount", invoice.gross),
            invoice.allowance and money("AllowanceTotalAmount", invoice.allowance),
            money("PayableAmount", invoice.payable))),
        *(line(index, each) for index, each in enumerate(invoice.lines, 1)), f"</{root}>")


def cii(invoice):
    category = "S" if invoice.rate else "Z"
    kind = (f"<ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>{category}</ram:CategoryCode>"
            f"<ram:RateApplicablePercent>{invoice.rate}</ram:RateApplicablePercent>")

    def amount(name, value):
        return element(f"ram:{name}", text(value))

    def day(name, value):
        return f'<ram:{name}><udt:DateTimeString format="102">{value:%Y%m%d}</udt:DateTimeString></ram:{name}>'

    def party(role, name, tax):
        registration = tax and f'<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{escape(tax)}</ram:ID>' \
            "</ram:SpecifiedTaxRegistration>"
        return element(f"ram:{role}", parts(element("ram:Name", escape(name)), registration))

    def line(index, line):
        return element("ram:IncludedSupplyChainTradeLineItem", parts(
            element("ram:AssociatedDocumentLineDocument", element("ram:LineID", index)),
            element("ram:SpecifiedTradeProduct", element("ram:Name", escape(line.name))),
            element("ram:SpecifiedLineTradeAgreement", element(
                "ram:NetPriceProductTradePrice", amount("ChargeAmount", line.price))),
            element("ram:SpecifiedLineTradeDelivery", element(
                "ram:BilledQuantity", line.quantity, ' unitCode="C62"')),
            element("ram:SpecifiedLineTradeSettlement", element("ram:ApplicableTradeTax", kind) + element(
                "ram:SpecifiedTradeSettlementLineMonetarySummation", amount("LineTotalAmount", line.net)))))

    allowance = invoice.allowance and element("ram:SpecifiedTradeAllowanceCharge", (
        "<ram:ChargeIndicator><udt:Indicator>false</udt:Indicator></ram:ChargeIndicator>"
        f'{amount("ActualAmount", invoice.allowance_row)}{element("ram:CategoryTradeTax", kind)}'))
    settlement = parts(
        element("ram:InvoiceCurrencyCode", invoice.currency),
        *(element("ram:SpecifiedTradeSettlementPaymentMeans", "<ram:TypeCode>30</ram:TypeCode>" + element(
            "ram:PayeePartyCreditorFinancialAccount", element("ram:IBANID", bank))) for bank in invoice.banks),
        element("ram:ApplicableTradeTax", amount("CalculatedAmount", invoice.tax_row)
                + amount("BasisAmount", invoice.taxable) + kind),
        element("ram:BillingSpecifiedPeriod", day("StartDateTime", invoice.first) + day("EndDateTime", invoice.last)),
        allowance,
        element("ram:SpecifiedTradeSettlementHeaderMonetarySummation", parts(
            amount("LineTotalAmount", invoice.line_total),
            invoice.allowance and amount("AllowanceTotalAmount", invoice.allowance),
            amount("TaxBasisTotalAmount", invoice.net),
            element("ram:TaxTotalAmount", text(invoice.tax), f' currencyID="{invoice.currency}"'),
            amount("GrandTotalAmount", invoice.gross), amount("DuePayableAmount", invoice.payable))))
    agreement = parts(
        element("ram:BuyerReference", invoice.payer),
        party("SellerTradeParty", invoice.seller, invoice.seller_tax),
        party("BuyerTradeParty", invoice.buyer, invoice.buyer_tax),
        element("ram:BuyerOrderReferencedDocument", element("ram:IssuerAssignedID", invoice.order)))
    space = "urn:un:unece:uncefact:data:standard:"
    return parts(
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        f'<rsm:CrossIndustryInvoice xmlns:rsm="{space}CrossIndustryInvoice:100" ',
        f'xmlns:ram="{space}ReusableAggregateBusinessInformationEntity:100" ',
        f'xmlns:udt="{space}UnqualifiedDataType:100">',
        element("rsm:ExchangedDocument", parts(
            element("ram:ID", invoice.number), element("ram:TypeCode", 381 if invoice.kind == "credit" else 380),
            day("IssueDateTime", invoice.issued))),
        element("rsm:SupplyChainTradeTransaction", parts(
            *(line(index, each) for index, each in enumerate(invoice.lines, 1)),
            element("ram:ApplicableHeaderTradeAgreement", agreement),
            element("ram:ApplicableHeaderTradeSettlement", settlement))),
        "</rsm:CrossIndustryInvoice>")


def cxml(invoice):
    """Without allowances: cXML does not say whether its subtotal is before or after them."""
    def amount(name, value):
        return f'<{name}><Money currency="{invoice.currency}">{text(value)}</Money></{name}>'

    def tax(value):
        return (f'<Tax><Money currency="{invoice.currency}">{text(value)}</Money>'
                '<Description xml:lang="en">Tax</Description></Tax>')

    def partner(role, name, *ids):
        references = "".join(
            f'<IdReference domain="{domain}" identifier={quoteattr(value)}/>' for domain, value in ids if value)
        return (f'<InvoicePartner><Contact role="{role}"><Name xml:lang="en">{escape(name)}</Name></Contact>'
                f"{references}</InvoicePartner>")

    def line(index, line):
        return (f'<InvoiceDetailItem invoiceLineNumber="{index}" quantity="{line.quantity}">'
                f'<UnitOfMeasure>EA</UnitOfMeasure>{amount("UnitPrice", line.price)}'
                f'<InvoiceDetailItemReference lineNumber="{index}"><Description xml:lang="en">{escape(line.name)}'
                f'</Description></InvoiceDetailItemReference>{amount("SubtotalAmount", line.net)}'
                "</InvoiceDetailItem>")

    def order(number, lines):
        reference = number and (
            f'<InvoiceDetailOrderInfo><OrderReference orderID="{number}"><DocumentReference payloadID=""/>'
            "</OrderReference></InvoiceDetailOrderInfo>")
        return f"<InvoiceDetailOrder>{reference}{lines}</InvoiceDetailOrder>"

    lines = "".join(line(index, each) for index, each in enumerate(invoice.lines, 1))
    first, *others = invoice.order.split(";")
    back = invoice.takes_back and f'<DocumentReference payloadID="{invoice.takes_back}"/>'
    stamp = f"{invoice.issued}T00:00:00+00:00"
    payload = invoice.payload or f"{invoice.number}@shop.invalid"
    return parts(
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.049/InvoiceDetail.dtd">\n',
        f'<cXML payloadID="{payload}" timestamp="{stamp}"><Request deploymentMode="production">',
        f'<InvoiceDetailRequest><InvoiceDetailRequestHeader invoiceID="{invoice.number}" purpose="standard" ',
        f'operation="{invoice.operation}" invoiceDate="{stamp}"><InvoiceDetailHeaderIndicator/>',
        '<InvoiceDetailLineIndicator isTaxInLine="yes"/>',
        partner("from", invoice.seller, ("vatID", invoice.seller_tax)),
        partner("soldTo", invoice.buyer, ("vatID", invoice.buyer_tax)),
        *(partner("wireReceivingBank", invoice.seller, ("ibanID", bank)) for bank in invoice.banks), back,
        f'<Period startDate="{invoice.first}T00:00:00+00:00" endDate="{invoice.last}T23:59:59+00:00"/>',
        element("Extrinsic", invoice.payer, ' name="AccountId"'), "</InvoiceDetailRequestHeader>",
        order(first, lines), *(order(number, "") for number in others), "<InvoiceDetailSummary>", amount("SubtotalAmount", invoice.line_total),
        tax(invoice.tax), amount("GrossAmount", invoice.gross), amount("TotalAmountWithoutTax", invoice.net),
        amount("NetAmount", invoice.gross), amount("DueAmount", invoice.payable),
        "</InvoiceDetailSummary></InvoiceDetailRequest></Request></cXML>")


def fapiao(invoice):
    """No currency, period, payer or order: what there is of them stands in the remark."""
    def line(line):
        return element("IssuItemInformation", (
            f"<ItemName>*信息技术服务*{escape(line.name)}</ItemName><Quantity>{line.quantity}</Quantity>"
            f"<UnPrice>{text(line.price)}</UnPrice><Amount>{text(line.net)}</Amount>"
            f"<TaxRate>{text(D(invoice.rate) / 100)}</TaxRate><ComTaxAm>{text(line.tax)}</ComTaxAm>"
            f"<TotaltaxIncludedAmount>{text(line.gross)}</TotaltaxIncludedAmount>"))

    remark = f"账期 {invoice.first:%Y年%m月}，账单 {invoice.charged}"
    remark += f"，付款账号 {invoice.payer}" if invoice.payer else ""
    remark += f"，订单 {invoice.order}" if invoice.order else ""
    return parts(
        '<?xml version="1.0" encoding="UTF-8"?>\n<EInvoice><Header>', element("EIid", invoice.number),
        "<Version>0.33</Version><InherentLabel><InIssuType><LabelCode>Y</LabelCode></InIssuType></InherentLabel>",
        "</Header><EInvoiceData>",
        element("SellerInformation", parts(
            element("SellerIdNum", invoice.seller_tax), element("SellerName", escape(invoice.seller)),
            element("SellerBankAccNum", invoice.bank))),
        element("BuyerInformation", parts(
            element("BuyerIdNum", invoice.buyer_tax), element("BuyerName", escape(invoice.buyer)))),
        element("BasicInformation", parts(
            element("TotalAmWithoutTax", text(invoice.net)), element("TotalTaxAm", text(invoice.tax)),
            element("TotalTax-includedAmount", text(invoice.gross)),
            element("RequestTime", f"{invoice.issued} 09:30:00"))),
        *(line(each) for each in invoice.lines), element("AdditionalInformation", element("Remark", remark)),
        "</EInvoiceData></EInvoice>")


WRITERS = {"ubl": ubl, "cii": cii, "cxml": cxml, "fapiao": fapiao}
