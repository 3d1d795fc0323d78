/// The screens of the last program that did not store with which it read a version.
enum EarlierScreens {
  /// JSON. The forms are those of the rules as they were then; one that was changed before forms were stored
  /// has none.
  static let all =
    """
    [
    {"form": "", "rule": "ChargeableAtZeroRate", "shape": ""},
    {"form": "bcefb4d85ccc394e", "rule": "ChargedOutsidePeriod", "shape": "b5957cf42529f5d0"},
    {"form": "1c23e68cd54aabd6", "rule": "CommitmentHoursWrong", "shape": "b7dcd0c3b8a7d287"},
    {"form": "f9cce827da2f30e7", "rule": "CommitmentOutsideTerm", "shape": "70d63d308f0ec780"},
    {"form": "90bbf9567b051356", "rule": "CostNotRateTimesUsage", "shape": "01c4e11e6fedf534"},
    {"form": "3cb1a6976b1b9e6d", "rule": "CreditMissing", "shape": "b040c19f80c15557"},
    {"form": "46b129641a98e54d", "rule": "CreditNamesFinding", "shape": "72f929661af1e9f2"},
    {"form": "3cb1a6976b1b9e6d", "rule": "CreditNotAsGranted", "shape": "b040c19f80c15557"},
    {"form": "a077c26fd344c4c1", "rule": "CurrencyMismatch", "shape": "fe2d71a0ad904a22"},
    {"form": "1cd18b839426d484", "rule": "DuplicateLineItem", "shape": "90c5c7c204104321"},
    {"form": "bad4f91802414ac5", "rule": "FreeTierCharged", "shape": "b5957cf42529f5d0"},
    {"form": "8dbfe5eaf5bac49a", "rule": "IntervalImpossible", "shape": "b5957cf42529f5d0"},
    {"form": "e92b36b874714eb4", "rule": "MarketplaceBilledTwice", "shape": "4b13d905379e0808"},
    {"form": "23a6a91e63f67027", "rule": "MoreHoursThanPeriod", "shape": "11238eb7c273a02e"},
    {"form": "742ed4d103370709", "rule": "NegativeCharge", "shape": "a92f679bd9641f16"},
    {"form": "4582eabea82086fe", "rule": "NetCostMismatch", "shape": "ea4336df531222e6"},
    {"form": "df5ae61aa8baaac3", "rule": "PositiveCredit", "shape": "28b28f239c17258a"},
    {"form": "834fe4906a35c3b5", "rule": "PublicCostMismatch", "shape": "30db923124989c18"},
    {"form": "4f6a71c9c90451d5", "rule": "RateAbovePublic", "shape": "b09f0d759f8e0711"},
    {"form": "0d3d4ea8c0b45217", "rule": "RateInconsistent", "shape": "fce8f506a014ab33"},
    {"form": "57d33d2ad8765100", "rule": "RepeatedUsage", "shape": "3cf13f27d3a7ee4d"},
    {"form": "f45e80c7ea0c0218", "rule": "ReservationIdle", "shape": "5ec555f374206003"},
    {"form": "f085ab451a0b4dbd", "rule": "ReservedUsageCharged", "shape": "b5957cf42529f5d0"},
    {"form": "e158dd7c1c85d2e0", "rule": "SavingsPlanNegationMismatch", "shape": "f448f072188e2f62"},
    {"form": "318b210ce0014cba", "rule": "SavingsPlanOverused", "shape": "1015398c1ac7c38a"},
    {"form": "5a1792da8733bd6e", "rule": "SplitCostCounted", "shape": "7b36be8949530dcb"},
    {"form": "ec64a0f4573b3ae0", "rule": "UpfrontFeeTwice", "shape": "0f01160add6c7ff2"}
    ]
    """

  /// Says so of every version that does not tell. One that a program in between read has newer rules than these,
  /// which are unchecked until it is read again.
  static let filling =
    """
    UPDATE booking SET details = json_set(details, '$.screens', json('\(all)'))
    WHERE details IS NOT NULL AND json_type(details, '$.screens') IS NULL;

    """
}
