// Where the structural bytes of 64 bytes of CSV lie: bit i stands for byte i.

#ifndef COUNTERFOIL_MASKS_H
#define COUNTERFOIL_MASKS_H

#include <stddef.h>
#include <stdint.h>

struct masks {
  uint64_t commas, lines, quotes, returns, nuls;
};

// Portable: eight bytes at a time in a word.

static inline uint64_t zero_bytes(uint64_t word) {
  const uint64_t low7 = 0x7F7F7F7F7F7F7F7F;
  uint64_t tops = ~(((word & low7) + low7) | word | low7);
  return ((tops >> 7) * 0x0102040810204080) >> 56;
}

static inline struct masks masks_portable(const uint8_t *bytes) {
  const uint64_t each = 0x0101010101010101;
  struct masks found = {0, 0, 0, 0, 0};
  for (int at = 0; at < 64; at += 8) {
    uint64_t word;
    __builtin_memcpy(&word, bytes + at, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    found.commas |= zero_bytes(word ^ each * ',') << at;
    found.lines |= zero_bytes(word ^ each * '\n') << at;
    found.quotes |= zero_bytes(word ^ each * '"') << at;
    found.returns |= zero_bytes(word ^ each * '\r') << at;
    found.nuls |= zero_bytes(word) << at;
  }
  return found;
}

// Bit i is the parity of bits 0...i: set from each opening quote up to its closing one.
static inline uint64_t parity_by_shifts(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ bits << 32;
}

// The place of the set bit before which `rank` others lie. `passed` of them are cleared already.
static inline size_t select_by_clearing(uint64_t *bits, size_t *passed, size_t rank) {
  for (; *passed < rank; *passed += 1) *bits &= *bits - 1;
  return (size_t)__builtin_ctzll(*bits);
}

#if defined(__x86_64__)
#include <immintrin.h>

static inline uint64_t equal_sse2(const __m128i *parts, char byte) {
  const __m128i wanted = _mm_set1_epi8(byte);
  uint64_t bits = 0;
  for (int part = 0; part < 4; part++)
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(parts[part], wanted))
            << (16 * part);
  return bits;
}

static inline struct masks masks_sse2(const uint8_t *bytes) {
  const __m128i *at = (const __m128i *)bytes;
  const __m128i parts[4] = {_mm_loadu_si128(at), _mm_loadu_si128(at + 1), _mm_loadu_si128(at + 2),
                            _mm_loadu_si128(at + 3)};
  return (struct masks){equal_sse2(parts, ','), equal_sse2(parts, '\n'), equal_sse2(parts, '"'),
                        equal_sse2(parts, '\r'), equal_sse2(parts, 0)};
}

#define COUNTERFOIL_AVX2 __attribute__((target("avx2,pclmul,bmi,bmi2,popcnt")))

COUNTERFOIL_AVX2 static inline uint64_t equal_avx2(__m256i low, __m256i high, char byte) {
  const __m256i wanted = _mm256_set1_epi8(byte);
  uint64_t lower = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted));
  uint64_t upper = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted));
  return lower | upper << 32;
}

COUNTERFOIL_AVX2 static inline struct masks masks_avx2(const uint8_t *bytes) {
  const __m256i *at = (const __m256i *)bytes;
  const __m256i low = _mm256_loadu_si256(at), high = _mm256_loadu_si256(at + 1);
  return (struct masks){equal_avx2(low, high, ','), equal_avx2(low, high, '\n'),
                        equal_avx2(low, high, '"'), equal_avx2(low, high, '\r'),
                        equal_avx2(low, high, 0)};
}

// A carry-less product with all ones adds up, without carry, each bit and those under it.
COUNTERFOIL_AVX2 static inline uint64_t parity_avx2(uint64_t bits) {
  __m128i product =
      _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)bits), _mm_set1_epi8(-1), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}

COUNTERFOIL_AVX2 static inline size_t select_avx2(uint64_t *bits, size_t *passed, size_t rank) {
  (void)passed;
  return (size_t)_tzcnt_u64(_pdep_u64((uint64_t)1 << rank, *bits));
}
#endif

#if defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>

// Each lane keeps the bit of its place, then neighbours are added thrice: 64 lanes become 64 bits.
static inline uint64_t equal_neon(uint8x16x4_t parts, uint8_t byte) {
  const uint8x16_t wanted = vdupq_n_u8(byte);
  const uint8x16_t places = vreinterpretq_u8_u64(vdupq_n_u64(0x8040201008040201));
  uint8x16_t first = vpaddq_u8(vandq_u8(vceqq_u8(parts.val[0], wanted), places),
                               vandq_u8(vceqq_u8(parts.val[1], wanted), places));
  uint8x16_t second = vpaddq_u8(vandq_u8(vceqq_u8(parts.val[2], wanted), places),
                                vandq_u8(vceqq_u8(parts.val[3], wanted), places));
  uint8x16_t sums = vpaddq_u8(first, second);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
}

static inline struct masks masks_neon(const uint8_t *bytes) {
  const uint8x16x4_t parts = {
      {vld1q_u8(bytes), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32), vld1q_u8(bytes + 48)}};
  return (struct masks){equal_neon(parts, ','), equal_neon(parts, '\n'), equal_neon(parts, '"'),
                        equal_neon(parts, '\r'), equal_neon(parts, 0)};
}
#endif

#endif
