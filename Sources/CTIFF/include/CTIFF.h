#pragma once

// libtiff for Swift: openers over descriptors, memory and single blocks, and a fixed-arity door for each variadic call.
// Everything else of tiffio.h (TIFFWriteEncodedTile, TIFFWriteDirectory, TIFFClose ...) is called directly.
//
// Every handle opened here is silent, knows the GeoTIFF and GDAL tags by name, refuses single allocations above 1 GiB
// and keeps its first error message. A handle is used by one thread at a time.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tiffio.h>

enum {
  CTIFF_MODEL_PIXEL_SCALE = 33550,
  CTIFF_MODEL_TIEPOINT = 33922,
  CTIFF_MODEL_TRANSFORMATION = 34264,
  CTIFF_GEO_KEY_DIRECTORY = 34735,
  CTIFF_GEO_DOUBLE_PARAMS = 34736,
  CTIFF_GEO_ASCII_PARAMS = 34737,
  CTIFF_GDAL_METADATA = 42112,
  CTIFF_GDAL_NODATA = 42113
};

/// A file in memory. Start with all zeros; `limit` bounds `count`, 0 means no bound.
typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
  size_t limit;
} ctiff_memory;

/// Opens the file behind a descriptor with a mode of TIFFOpen ("r", "w", "w8"). The descriptor stays the caller's.
TIFF *ctiff_open_descriptor(int descriptor, const char *mode);

/// Opens a file in memory with a mode of TIFFOpen. `memory` must outlive the handle; bytes written are found in it after
/// TIFFClose. For reading, `bytes` and `count` may point anywhere.
TIFF *ctiff_open_memory(ctiff_memory *memory, const char *mode);

/// Frees the bytes that writing has allocated.
void ctiff_memory_free(ctiff_memory *memory);

/// Opens for reading a file that is made of `prefix` (copied) followed by `length` bytes of `descriptor` from `offset`.
TIFF *ctiff_open_segment(const uint8_t *prefix, size_t prefix_count, int descriptor, uint64_t offset, uint64_t length);

/// The first error of a handle, "" when there was none. Valid until TIFFClose.
const char *ctiff_error(TIFF *tiff);

bool ctiff_set_u16(TIFF *tiff, uint32_t tag, uint16_t value);
bool ctiff_set_u32(TIFF *tiff, uint32_t tag, uint32_t value);
bool ctiff_set_u64(TIFF *tiff, uint32_t tag, uint64_t value);
bool ctiff_set_f64(TIFF *tiff, uint32_t tag, double value);
bool ctiff_set_string(TIFF *tiff, uint32_t tag, const char *value);
/// Two shorts, as YCbCrSubsampling and PageNumber have.
bool ctiff_set_u16_pair(TIFF *tiff, uint32_t tag, uint16_t first, uint16_t second);
/// An array of the tag's own element type. Tags of fixed length ignore `count`.
bool ctiff_set_array(TIFF *tiff, uint32_t tag, uint32_t count, const void *values);
/// The three columns of a palette, `1 << BitsPerSample` entries each.
bool ctiff_set_colormap(TIFF *tiff, const uint16_t *red, const uint16_t *green, const uint16_t *blue);

/// Getters answer the tag's default where the file has none, and false where there is no default either.
bool ctiff_get_u16(TIFF *tiff, uint32_t tag, uint16_t *value);
bool ctiff_get_u32(TIFF *tiff, uint32_t tag, uint32_t *value);
bool ctiff_get_u64(TIFF *tiff, uint32_t tag, uint64_t *value);
bool ctiff_get_f64(TIFF *tiff, uint32_t tag, double *value);
/// The pointer is valid until the tag is set, another directory is read or the handle is closed.
bool ctiff_get_string(TIFF *tiff, uint32_t tag, const char **value);
/// Arrays that carry their count. The pointer is valid as long as that of a string.
bool ctiff_get_array(TIFF *tiff, uint32_t tag, uint32_t *count, const void **values);
bool ctiff_get_colormap(TIFF *tiff, const uint16_t **red, const uint16_t **green, const uint16_t **blue);
