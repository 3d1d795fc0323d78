/// What the benchmark's company uses. The costs have 2, 6, 10, 12, 16 and 18 fraction digits.
enum OfferCatalog {
  static let instances = [
    instance("m5.large", 960_000_000, "2", "8 GiB", "Up to 10 Gigabit", "General purpose"),
    instance("m5.2xlarge", 3_840_000_000, "8", "32 GiB", "Up to 10 Gigabit", "General purpose"),
    instance("c5.xlarge", 1_700_000_000, "4", "8 GiB", "Up to 10 Gigabit", "Compute optimized"),
    instance("r5.4xlarge", 10_080_000_000, "16", "128 GiB", "10 Gigabit", "Memory optimized"),
    instance("t3.medium", 416_000_000, "2", "4 GiB", "Up to 5 Gigabit", "General purpose"),
    instance("m6i.xlarge", 1_920_000_000, "4", "16 GiB", "12.5 Gigabit", "General purpose"),
    instance("c6g.large", 680_000_000, "2", "4 GiB", "10 Gigabit", "Compute optimized"),
    instance("x2idn.16xlarge", 66_690_000_000, "64", "1024 GiB", "50 Gigabit", "Memory optimized"),
  ]

  static let all = instances + storage + databases + network + platform + requests

  private static func instance(
    _ type: String, _ rate: Int, _ cores: String, _ memory: String, _ network: String,
    _ family: String
  ) -> Offer {
    Offer(
      product: .ec2, usageType: "BoxUsage:" + type, operation: "RunInstances", unit: "Hrs",
      rate: rate, rateDigits: 10, usage: 1_000_000, usageDigits: 6, resource: .identifier("i-"),
      wording: "per On Demand Linux \(type) Instance Hour",
      attributes: [
        "instanceType": type, "vcpu": cores, "memory": memory, "networkPerformance": network,
        "instanceFamily": family, "operatingSystem": "Linux", "tenancy": "Shared",
        "capacitystatus": "Used", "physicalProcessor": "Intel Xeon Platinum", "storage": "EBS only",
        "clockSpeed": "3.1 GHz", "currentGeneration": "Yes", "productFamily": "Compute Instance",
      ])
  }

  private static let storage = [
    Offer(
      product: .ec2, usageType: "EBS:VolumeUsage.gp3", operation: "CreateVolume-Gp3",
      unit: "GB-Mo", rate: 8, rateDigits: 2, usage: 1_117_827_957, usageDigits: 10,
      resource: .identifier("vol-"),
      wording: "per GB-month of General Purpose (gp3) provisioned storage",
      attributes: [
        "volumeApiName": "gp3", "volumeType": "General Purpose", "storageMedia": "SSD-backed",
        "maxIopsvolume": "16000", "maxThroughputvolume": "1000 MiB/s", "maxVolumeSize": "16 TiB",
        "productFamily": "Storage",
      ]),
    Offer(
      product: .s3, usageType: "TimedStorage-ByteHrs", operation: "StandardStorage",
      unit: "GB-Mo", rate: 229_867_313, rateDigits: 10, usage: 41_398_721, usageDigits: 8,
      resource: .bucket, wording: "per GB - first 50 TB / month of storage used",
      attributes: [
        "storageClass": "General Purpose", "volumeType": "Standard", "durability": "99.999999999%",
        "availability": "99.99%", "productFamily": "Storage",
      ]),
  ]

  private static let databases = [
    Offer(
      product: .rds, usageType: "InstanceUsage:db.r5.large", operation: "CreateDBInstance:0016",
      unit: "Hrs", rate: 2_400_000_000, rateDigits: 10, usage: 1, usageDigits: 0,
      resource: .name(service: "rds", rest: "db:orders"),
      wording: "per RDS db.r5.large Single-AZ instance hour (or partial hour) running MariaDB",
      attributes: [
        "instanceType": "db.r5.large", "databaseEngine": "MariaDB", "deploymentOption": "Single-AZ",
        "vcpu": "2", "memory": "16 GiB", "engineCode": "18", "currentGeneration": "Yes",
        "licenseModel": "No license required", "productFamily": "Database Instance",
      ]),
    Offer(
      product: .rds, usageType: "RDS:GP3-Storage", operation: "CreateDBInstance:0016",
      unit: "GB-Mo", rate: 1_148_936_171, rateDigits: 10, usage: 6_944_444, usageDigits: 8,
      resource: .name(service: "rds", rest: "db:orders"),
      wording: "per GB-month of provisioned gp3 storage running MariaDB",
      attributes: [
        "volumeType": "General Purpose-GP3", "databaseEngine": "MariaDB", "storageMedia": "SSD",
        "deploymentOption": "Single-AZ", "productFamily": "Database Storage",
      ]),
    Offer(
      product: .dynamo, usageType: "WriteRequestUnits", operation: "PayPerRequestThroughput",
      unit: "WriteRequestUnits", rate: 1, rateDigits: 6, usage: 48_211, usageDigits: 0,
      resource: .name(service: "dynamodb", rest: "table/sessions"),
      wording: "per million write request units",
      attributes: ["group": "DDB-WriteUnits", "productFamily": "Amazon DynamoDB PayPerRequest"]),
    Offer(
      product: .cache, usageType: "NodeUsage:cache.r6g.large", operation: "CreateCacheCluster:0002",
      unit: "Hrs", rate: 2_060_000_000, rateDigits: 10, usage: 1, usageDigits: 0,
      resource: .name(service: "elasticache", rest: "cluster:hot"),
      wording: "per r6g.large Cache node-hour running Redis",
      attributes: [
        "cacheEngine": "Redis", "instanceType": "cache.r6g.large", "vcpu": "2",
        "memory": "13.07 GiB", "productFamily": "Cache Instance",
      ]),
  ]

  private static let network = [
    Offer(
      product: .transfer, usageType: "DataTransfer-Out-Bytes", operation: "RunInstances",
      unit: "GB", rate: 900, rateDigits: 4, usage: 73_912_244, usageDigits: 8,
      resource: .identifier("i-"), wording: "per GB - first 10 TB / month data transfer out",
      attributes: [
        "fromLocationType": "AWS Region", "toLocation": "External", "toLocationType": "Other",
        "transferType": "AWS Outbound", "productFamily": "Data Transfer",
      ]),
    Offer(
      product: .balancer, usageType: "LoadBalancerUsage", operation: "LoadBalancing:Application",
      unit: "Hrs", rate: 2, rateDigits: 2, usage: 1, usageDigits: 0,
      resource: .name(service: "elasticloadbalancing", rest: "loadbalancer/app/edge"),
      wording: "per Application LoadBalancer-hour (or partial hour)",
      attributes: ["group": "ELB:Balancing", "productFamily": "Load Balancer-Application"]),
    Offer(
      product: .ec2, usageType: "NatGateway-Hours", operation: "NatGateway", unit: "Hrs", rate: 5,
      rateDigits: 2, usage: 1, usageDigits: 0, resource: .identifier("nat-"),
      wording: "per NAT Gateway Hour",
      attributes: ["group": "NGW:NatGateway", "productFamily": "NAT Gateway"]),
  ]

  private static let platform = [
    Offer(
      product: .lambda, usageType: "Lambda-GB-Second", operation: "Invoke",
      unit: "Lambda-GB-Second", rate: 166_667, rateDigits: 10, usage: 921_375, usageDigits: 2,
      resource: .name(service: "lambda", rest: "function:push"),
      wording: "per GB-Second - Total Compute",
      attributes: ["group": "AWS-Lambda-Duration", "productFamily": "Serverless"]),
    Offer(
      product: .kubernetes, usageType: "AmazonEKS-Hours:perCluster", operation: "CreateOperation",
      unit: "Hrs", rate: 10, rateDigits: 2, usage: 1, usageDigits: 0,
      resource: .name(service: "eks", rest: "cluster/core"),
      wording: "per cluster per hour", attributes: ["productFamily": "Compute"]),
    Offer(
      product: .watch, usageType: "CW:MetricMonitorUsage", operation: "MetricStorage:AWS/EC2",
      unit: "Metrics", rate: 30, rateDigits: 2, usage: 1_344_086, usageDigits: 10,
      resource: .none, wording: "per metric-month for the first 10,000 metrics",
      attributes: ["group": "Metric", "productFamily": "Metric"]),
  ]

  private static let requests = [
    Offer(
      product: .s3, usageType: "Requests-Tier1", operation: "PutObject", unit: "Requests", rate: 5,
      rateDigits: 6, usage: 3_117, usageDigits: 0, resource: .bucket,
      wording: "per 1,000 PUT, COPY, POST, or LIST requests",
      attributes: ["group": "S3-API-Tier1", "productFamily": "API Request"]),
    Offer(
      product: .lambda, usageType: "Request", operation: "Invoke", unit: "Requests", rate: 2_000,
      rateDigits: 10, usage: 18_203, usageDigits: 0,
      resource: .name(service: "lambda", rest: "function:push"),
      wording: "per Request - Total Requests",
      attributes: ["group": "AWS-Lambda-Requests", "productFamily": "Serverless"]),
    Offer(
      product: .queue, usageType: "Requests-Tier2", operation: "SendMessage", unit: "Requests",
      rate: 4_000, rateDigits: 10, usage: 41_250, usageDigits: 0,
      resource: .name(service: "sqs", rest: "orders"),
      wording: "per Amazon SQS standard request in Tier1",
      attributes: ["queueType": "Standard", "productFamily": "API Request"]),
    Offer(
      product: .keys, usageType: "KMS-Requests", operation: "Decrypt", unit: "Requests", rate: 3,
      rateDigits: 6, usage: 977, usageDigits: 0,
      resource: .name(service: "kms", rest: "key/default"),
      wording: "per KMS request", attributes: ["productFamily": "Encryption Key"]),
  ]
}
