/// The header of the benchmark's legacy report: families in the order of AWS, the product family
/// filled up with attributes that no row of this company has.
struct ExportColumns {
  let names: [String]

  init(count: Int, tags: Int) throws(BenchFault) {
    let tags = Self.tagColumns(tags)
    let fixed =
      Self.identity + Self.lineItem + Self.product + Self.pricing + Self.reservation
      + Self.savingsPlan + tags
    let further = count - fixed.count
    guard (0...Self.attributes.count).contains(further) else {
      throw BenchFault(
        "--columns is \(fixed.count) to \(fixed.count + Self.attributes.count) with these tags")
    }
    let product = (Self.product + Self.attributes.prefix(further)).sorted()
    names =
      Self.identity + Self.lineItem + product + Self.pricing + Self.reservation
      + Self.savingsPlan + tags
  }

  /// Category, name and type, as a manifest lists them.
  var manifest: [(name: String, type: String)] {
    names.map { name in
      switch name {
      case "identity/TimeInterval": (name, "Interval")
      case _ where name.hasSuffix("Date"): (name, "DateTime")
      case _ where name.hasSuffix("Cost") || name.hasSuffix("UsageAmount"):
        (name, "OptionalBigDecimal")
      default: (name, "OptionalString")
      }
    }
  }

  static let tagKeys = [
    "Application", "BusinessUnit", "CostCenter", "Criticality", "Environment", "Owner",
  ]

  private static func tagColumns(_ count: Int) -> [String] {
    (0..<count).map { number in
      "resourceTags/user:" + (number < tagKeys.count ? tagKeys[number] : "Tag\(number + 1)")
    }
  }

  private static func family(_ name: String, _ members: String) -> [String] {
    members.split(separator: " ").map { name + "/" + $0 }
  }

  private static let identity =
    family("identity", "LineItemId TimeInterval")
    + family(
      "bill",
      "InvoiceId InvoicingEntity BillingEntity BillType PayerAccountId BillingPeriodStartDate "
        + "BillingPeriodEndDate")

  private static let lineItem = family(
    "lineItem",
    "UsageAccountId LineItemType UsageStartDate UsageEndDate ProductCode UsageType Operation "
      + "AvailabilityZone ResourceId UsageAmount NormalizationFactor NormalizedUsageAmount "
      + "CurrencyCode UnblendedRate UnblendedCost BlendedRate BlendedCost LineItemDescription "
      + "TaxType LegalEntity")

  private static let pricing = family(
    "pricing",
    "LeaseContractLength OfferingClass PurchaseOption RateCode RateId currency publicOnDemandCost "
      + "publicOnDemandRate term unit")

  private static let reservation = family(
    "reservation",
    "AmortizedUpfrontCostForUsage AmortizedUpfrontFeeForBillingPeriod AvailabilityZone EffectiveCost "
      + "EndTime ModificationStatus NormalizedUnitsPerReservation NumberOfReservations "
      + "RecurringFeeForUsage ReservationARN StartTime SubscriptionId TotalReservedNormalizedUnits "
      + "TotalReservedUnits UnitsPerReservation UnusedAmortizedUpfrontFeeForBillingPeriod "
      + "UnusedNormalizedUnitQuantity UnusedQuantity UnusedRecurringFee UpfrontValue")

  private static let savingsPlan = family(
    "savingsPlan",
    "TotalCommitmentToDate SavingsPlanARN SavingsPlanRate UsedCommitment SavingsPlanEffectiveCost "
      + "AmortizedUpfrontCommitmentForBillingPeriod RecurringCommitmentForBillingPeriod")

  /// What some offer fills in.
  private static let product =
    family("product", "ProductName regionCode servicecode sku")
    + Set(OfferCatalog.all.flatMap(\.attributes.keys)).sorted().map { "product/" + $0 }

  private static let attributes = family(
    "product",
    "abdInstanceClass accountAssistance addressRegion alarmType architecturalReview "
      + "architectureSupport attachmentType availabilityZone bestPractices brokerEngine cacheType "
      + "caseSeverityresponseTimes category ciType classicnetworkingsupport component computeFamily "
      + "computeType connectionType contentType countsAgainstQuota cputype "
      + "customerServiceAndCommunities dataTransferQuota databaseEdition deploymentlocation "
      + "description directorySize directoryType ebsOptimized edition endpointType "
      + "enhancedInfrastructureMetrics eventType executionMode feeCode feeDescription "
      + "fileSystemType fromLocation fromRegionCode gets gpu gpuMemory granularity "
      + "groupDescription includedServices inputMode instance instanceName instanceTypeFamily "
      + "intelAvx2Available intelAvxAvailable intelTurboAvailable io isshadow iswebsocket "
      + "launchSupport license location logsDestination logsSource logsType maxIopsBurstPerformance "
      + "maximumExtendedStorage maximumStorageVolume memoryGib memorytype "
      + "messageDeliveryFrequency messageDeliveryOrder minVolumeSize minimumStorageVolume operation "
      + "operationsSupport origin overhead physicalCores physicalCpu physicalGpu platoinstancename "
      + "platousagetype platovolumetype pricingUnit proactiveGuidance programmaticCaseManagement "
      + "provisioned ratetype recipient requestDescription requestType resourcePriceGroup "
      + "processorArchitecture processorFeatures region locationType preInstalledSw ecu "
      + "vpcnetworkingsupport dedicatedEbsThroughput marketoption normalizationSizeFactor "
      + "enhancedNetworkingSupported routingTarget routingType servicename softwareType standardGroup storageFamily "
      + "storageType subcategory subscriptionType technicalSupport thirdpartySoftwareSupport "
      + "throughput throughputCapacity tickettype toRegionCode training trialProduct "
      + "upfrontCommitment usageFamily usagetype version virtualInterfaceType whoCanOpenCases "
      + "withActiveUsers")
}
