#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A tile of an image on the image's reference grid, and the form of its samples.
struct copenjpeg_tile {
  /// The upper left corner.
  uint32_t x, y;
  /// Columns and rows that hold pixels.
  uint32_t width, height;
  /// Columns and rows of every whole tile of the image.
  uint32_t nominal_width, nominal_height;
  /// Samples a pixel, and the bits of each.
  uint32_t components, precision;
  /// Samples are two's complement numbers.
  bool is_signed;
  /// Bytes of a sample in memory, 1 or 2.
  uint32_t sample_bytes;
  /// Bytes from a row of pixels to the next one.
  size_t row_bytes;
  /// How many resolutions a tile has: one more than wavelet levels.
  uint32_t resolutions;
  /// The first three components are decorrelated as red, green and blue are.
  bool decorrelates;
};

/// Encodes a tile without loss, as the only one of a codestream of its own (ISO 15444-1 annex A).
/// `pixels` is the tile's first one, its samples side by side. On success `*bytes` is to be freed by `copenjpeg_free`;
/// on failure `message`, of 256 bytes, holds the reason.
bool copenjpeg_encode(
  const struct copenjpeg_tile *tile, const void *pixels, uint8_t **bytes, size_t *count, char *message);

void copenjpeg_free(uint8_t *bytes);
