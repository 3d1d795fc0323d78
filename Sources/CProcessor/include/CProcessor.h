#ifndef COUNTERFOIL_CPROCESSOR_H
#define COUNTERFOIL_CPROCESSOR_H

#include <stddef.h>
#include <stdint.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

/// Asks for the cache line of an address that is looked at soon. Any address may be given.
static inline void counterfoil_prefetch(const void *address) { __builtin_prefetch(address); }

/// From now on, blocks of `size` bytes and more go back to the system when they are freed. Elsewhere than in
/// glibc the allocator has its own way.
static inline void counterfoil_free_to_system(int size) {
#if defined(__GLIBC__)
  mallopt(M_MMAP_THRESHOLD, size);
#else
  (void)size;
#endif
}

static const uint8_t counterfoil_bytes_of_mask[64] = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
};

/// Bytes `from` to `from + 7` of 32 of which the first `count` are all ones and the rest zeros.
static inline uint64_t counterfoil_mask(size_t count, size_t from) {
  uint64_t mask;
  __builtin_memcpy(&mask, counterfoil_bytes_of_mask + 32 - count + from, 8);
  return mask;
}

/// A stretch of CSV bytes, which separators of a record are wanted, and where what is found goes.
struct counterfoil_csv {
  /// `count` bytes, and 64 more that may be loaded but mean nothing.
  const uint8_t *bytes;
  size_t count;
  /// Where the next record starts; moved on past every record found.
  size_t cursor;

  /// `stopCount` distances, at least one: how many separators lie from one stop to the next, the first
  /// counted from the start of the record. Their sum is the number of columns.
  const ptrdiff_t *steps;
  size_t stopCount;

  /// Room for `rowLimit` records, of which the first `rows` are there.
  uint32_t *stops;
  uint32_t *begins;
  uint32_t *ends;
  uint8_t *faults;
  uint32_t *fields;
  size_t rows;
  size_t rowLimit;
};

/// Why a scan came back.
enum {
  /// The record at the cursor does not end in these bytes.
  counterfoil_csv_open = 0,
  /// The record at the cursor, or what follows it within 64 bytes, is not plain: it must be read byte by
  /// byte. It has another number of columns, a NUL, a CR that no LF follows, a quote where none may
  /// stand, or it is a blank line.
  counterfoil_csv_odd = 1,
  /// `rowLimit` is reached.
  counterfoil_csv_full = 2,
};

/// Finds plain records, 64 bytes at a time. The three differ in their instructions only.
int counterfoil_csv_portable(struct counterfoil_csv *csv);

/// What each processor of the architecture can do: SSE2, NEON, else as portable.
int counterfoil_csv_baseline(struct counterfoil_csv *csv);

/// Only where ``counterfoil_csv_has_avx2`` says so; elsewhere as baseline.
int counterfoil_csv_avx2(struct counterfoil_csv *csv);

/// Whether this processor has AVX2, PCLMUL, BMI, BMI2 with a PDEP that is not microcode, and POPCNT.
int counterfoil_csv_has_avx2(void);

#endif
