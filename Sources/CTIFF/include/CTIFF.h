#pragma once

// libtiff for Swift: openers over descriptors and parts of files, and fixed-arity doors for the variadic TIFFSetField.
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

/// Opens the file behind a descriptor with a mode of TIFFOpen ("r", "w", "w8"). The descriptor stays the caller's.
TIFF *ctiff_open_descriptor(int descriptor, const char *mode);

/// Opens for reading a file that is made of `prefix` (copied) followed by `length` bytes of `descriptor` from `offset`.
TIFF *ctiff_open_segment(const uint8_t *prefix, size_t prefix_count, int descriptor, uint64_t offset, uint64_t length);

/// The first error of a handle, "" when there was none. Valid until TIFFClose.
const char *ctiff_error(TIFF *tiff);

bool ctiff_set_u16(TIFF *tiff, uint32_t tag, uint16_t value);
bool ctiff_set_u32(TIFF *tiff, uint32_t tag, uint32_t value);
bool ctiff_set_string(TIFF *tiff, uint32_t tag, const char *value);
/// An array of the tag's own element type. Tags of fixed length ignore `count`.
bool ctiff_set_array(TIFF *tiff, uint32_t tag, uint32_t count, const void *values);
