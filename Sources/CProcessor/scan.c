#include "CProcessor.h"

#include "masks.h"

#define SCAN counterfoil_csv_portable
#define MASKS masks_portable
#define PARITY parity_by_shifts
#define SELECT select_by_clearing
#include "scan.h"
#undef SCAN
#undef MASKS

#if defined(__x86_64__)
#define SCAN counterfoil_csv_baseline
#define MASKS masks_sse2
#include "scan.h"
#undef SCAN
#undef MASKS
#elif defined(__aarch64__) && defined(__ARM_NEON)
#define SCAN counterfoil_csv_baseline
#define MASKS masks_neon
#include "scan.h"
#undef SCAN
#undef MASKS
#else
int counterfoil_csv_baseline(struct counterfoil_csv *csv) {
  return counterfoil_csv_portable(csv);
}
#endif

#undef PARITY
#undef SELECT

#if defined(__x86_64__)
#define SCAN COUNTERFOIL_AVX2 counterfoil_csv_avx2
#define MASKS masks_avx2
#define PARITY parity_avx2
#define SELECT select_avx2
#include "scan.h"

#include <cpuid.h>

// PDEP is one instruction with Intel and with AMD from family 19h (Zen 3) on. Older ones run it as
// microcode of up to some hundred cycles, which would cost more than all that AVX2 gains.
static int has_fast_pdep(void) {
  unsigned int version, vendor, unused;
  if (!__get_cpuid(0, &unused, &vendor, &unused, &unused)) return 0;
  if (vendor == signature_INTEL_ebx) return 1;
  if (vendor != signature_AMD_ebx) return 0;
  if (!__get_cpuid(1, &version, &unused, &unused, &unused)) return 0;
  return ((version >> 8) & 0xF) + ((version >> 20) & 0xFF) >= 0x19;
}

int counterfoil_csv_has_avx2(void) {
  return has_fast_pdep() && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") &&
         __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
         __builtin_cpu_supports("popcnt");
}
#else
int counterfoil_csv_avx2(struct counterfoil_csv *csv) { return counterfoil_csv_baseline(csv); }

int counterfoil_csv_has_avx2(void) { return 0; }
#endif
