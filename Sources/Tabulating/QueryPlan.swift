/// A query as plain numbers: the loop over the rows reads no array, and so counts no reference.
@safe struct QueryPlan: ~Copyable {
  /// A slot and the derivation that reads it.
  struct Reading: BitwiseCopyable {
    var slot: Int32
    var derivation: Int32
  }

  /// A part of a key: a text, what a derivation reads (`derivation` ≥ 0), or the raw record (`slot` < 0).
  struct Part: BitwiseCopyable {
    var slot: Int32
    var derivation: Int32
  }

  let amount: Int
  let unit: Reading
  let required: Slab<Reading>
  /// Slots of the further sums.
  let sums: Slab<Int32>
  /// The slot of ``sums`` in whose place the amount counts; -1 for none.
  let orAmount: Int32
  let largestAddend: Int128
  /// Parts of grouping g are `parts[partStarts[g]..<partStarts[g + 1]]`; behind the last, the partition's.
  let parts: Slab<Part>
  let partStarts: Slab<Int32>
  /// The slots that watch w groups by are `groupSlots[groupStarts[w]..<groupStarts[w + 1]]`; where amounts
  /// are added, the unit's is the first.
  let groupSlots: Slab<Int32>
  let groupStarts: Slab<Int32>
  /// What marks the groups of ``markedGrouping``, which is -1 where none is marked.
  let firstMark: Reading
  let lastMark: Reading
  let markOrigin: Reading
  let markedGrouping: Int
  /// What tells the time; `slot` is -1 where nobody asks.
  let latest: Reading

  init(_ query: TableQuery) {
    amount = query.amount
    unit = Reading(slot: Int32(query.unit.slot), derivation: Int32(query.unit.derivation))
    var required = Slab<Reading>()
    for need in query.required {
      required.append(Reading(slot: Int32(need.slot), derivation: Int32(need.derivation)))
    }
    self.required = required
    var sums = Slab<Int32>()
    for slot in query.sums { sums.append(Int32(slot)) }
    self.sums = sums
    orAmount = Int32(query.orAmount ?? -1)
    largestAddend = query.largestAddend
    var parts = Slab<Part>()
    var partStarts = Slab<Int32>(repeating: 0, count: 1)
    for grouping in query.keys + [query.partition] {
      for part in grouping { parts.append(Part(part)) }
      partStarts.append(Int32(parts.count))
    }
    self.parts = parts
    self.partStarts = partStarts
    var groupSlots = Slab<Int32>()
    var groupStarts = Slab<Int32>(repeating: 0, count: 1)
    for watch in query.watches {
      let slots = (watch.trip.isSum ? [query.unit.slot] : []) + watch.groupedBy
      for slot in slots { groupSlots.append(Int32(slot)) }
      groupStarts.append(Int32(groupSlots.count))
    }
    self.groupSlots = groupSlots
    self.groupStarts = groupStarts
    firstMark = Reading(query.marked?.first)
    lastMark = Reading(query.marked?.last)
    markOrigin = Reading(query.marked?.origin)
    markedGrouping = query.marked?.grouping ?? -1
    latest = Reading(
      slot: Int32(query.latest ?? -1), derivation: Int32(query.instant ?? -1))
  }
}

extension QueryPlan.Reading {
  fileprivate init(_ reading: SlotReading?) {
    self.init(slot: Int32(reading?.slot ?? -1), derivation: Int32(reading?.derivation ?? -1))
  }
}

extension QueryPlan.Part {
  fileprivate init(_ part: KeyPart) {
    switch part {
    case .text(let slot): self.init(slot: Int32(slot), derivation: -1)
    case .derived(let slot, let derivation):
      self.init(slot: Int32(slot), derivation: Int32(derivation))
    case .raw: self.init(slot: -1, derivation: -1)
    }
  }
}
