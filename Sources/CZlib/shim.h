#ifndef COUNTERFOIL_CZLIB_SHIM_H
#define COUNTERFOIL_CZLIB_SHIM_H

#include <zlib.h>

/// `inflateInit2` is a macro over the version and size of the caller's headers.
static inline int counterfoil_inflateInit2(z_stream *stream, int windowBits) {
  return inflateInit2(stream, windowBits);
}

/// `deflateInit2` is a macro for the same reason.
static inline int counterfoil_deflateInit2(z_stream *stream, int level, int windowBits) {
  return deflateInit2(stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
}

#endif
