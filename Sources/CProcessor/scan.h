// The body of one scan, included once for each set of instructions with SCAN, MASKS, PARITY and SELECT
// defined. The rule it follows, for plain records, is that of CSVScan.swift.

int SCAN(struct counterfoil_csv *csv) {
  const uint8_t *const bytes = csv->bytes;
  const size_t last = csv->stopCount - 1;
  size_t cursor = csv->cursor, rows = csv->rows, stop = 0;
  uint32_t *output = csv->stops + rows * csv->stopCount;
  // How many separators of the block at hand come before the next wanted one.
  size_t ahead = (size_t)csv->steps[0] - 1;
  uint64_t inside = 0;    // all ones where the block before ended in quotes
  uint64_t mayOpen = 1;   // the byte before the block lets a quoted field begin
  uint64_t mustEnd = 0;   // the byte before the block closed a quoted field
  uint64_t mustFeed = 0;  // the byte before the block is a CR that needs its LF
  int outcome = counterfoil_csv_open;

  for (size_t base = cursor; base < csv->count; base += 64) {
    const struct masks found = MASKS(bytes + base);
    const size_t rest = csv->count - base;
    const uint64_t valid = rest >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << rest) - 1;
    uint64_t separators = (found.commas | found.lines) & valid;
    uint64_t lines = found.lines & valid, returns = found.returns & valid;
    const uint64_t quotes = found.quotes & valid;
    uint64_t bad = found.nuls & valid;
    if ((quotes | inside | mustEnd) != 0) {
      const uint64_t quoted = PARITY(quotes) ^ inside;
      separators &= ~quoted;
      lines &= ~quoted;
      returns &= ~quoted;
      const uint64_t closes = quotes & ~quoted;
      bad |= quotes & quoted & ~((separators | quotes) << 1 | mayOpen);
      bad |= (closes << 1 | mustEnd) & ~(separators | quotes | returns) & valid;
      inside = 0 - (quoted >> 63);
      mustEnd = closes >> 63;
    }
    bad |= (returns & ~(lines >> 1)) << 1;  // the topmost is left to the next block
    bad |= mustFeed & ~lines;
    if (bad != 0) {
      outcome = counterfoil_csv_odd;
      break;
    }
    mustFeed = returns >> 63;
    mayOpen = (separators | quotes) >> 63;

    const size_t there = (size_t)__builtin_popcountll(separators);
    size_t passed = 0;
    while (ahead < there) {
      const size_t place = base + SELECT(&separators, &passed, ahead);
      output[stop] = (uint32_t)place;
      if (stop < last) {
        stop += 1;
      } else {
        // Only here may a line end, and it must: lines that were passed over are still in `lines`.
        if (lines == 0 || base + (size_t)__builtin_ctzll(lines) != place) break;
        size_t end = place;
        if (end > cursor && bytes[end - 1] == '\r') end -= 1;
        if (end == cursor) break;
        lines &= lines - 1;
        output[last] = (uint32_t)end;
        csv->begins[rows] = (uint32_t)cursor;
        csv->ends[rows] = (uint32_t)end;
        csv->faults[rows] = 0;
        csv->fields[rows] = 0;
        cursor = place + 1;
        rows += 1;
        output += csv->stopCount;
        stop = 0;
        if (rows == csv->rowLimit) {
          outcome = counterfoil_csv_full;
          goto done;
        }
      }
      ahead += (size_t)csv->steps[stop];
    }
    if (ahead < there || lines != 0) {
      outcome = counterfoil_csv_odd;
      break;
    }
    ahead -= there;
  }
  // Nor is a CR that ends the bytes plain.
  if (mustFeed != 0) outcome = counterfoil_csv_odd;
done:
  csv->cursor = cursor;
  csv->rows = rows;
  return outcome;
}
