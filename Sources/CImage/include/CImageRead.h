#pragma once

// Row by row reading of PNG and JPEG files, or of bytes in memory, with libpng and libjpeg.
//
// Every function returns normally: the libraries' long jumps end inside. A decoder reads its descriptor at offsets of
// its own, so that several may share one; it is used by one thread at a time. Bytes in memory have to outlive the decoder.
// Messages go to the caller's buffer.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CIMAGE_MESSAGE_SIZE = 200 };

typedef struct cimage_png cimage_png;
typedef struct cimage_jpeg cimage_jpeg;

/// What the head of a PNG says.
typedef struct {
  uint32_t width, height;
  /// Bits of a sample: 1, 2, 4, 8, 16. Samples below 8 bits are given one a byte.
  uint8_t bits;
  /// Samples a pixel: 1 grey or palette index, 2 grey and alpha, 3 RGB, 4 RGB and alpha.
  uint8_t samples;
  bool is_interlaced;
  /// Entries of the palette, 0 where there is none; red, green, blue, alpha each.
  uint32_t palette_count;
  uint8_t palette[256][4];
  /// Whether one grey or colour means transparent, and which.
  bool has_transparent;
  uint16_t transparent[3];
} cimage_png_info;

/// Reads the head of a PNG. NULL with a message when it is broken.
cimage_png *cimage_png_open(int descriptor, cimage_png_info *info, char *message);
cimage_png *cimage_png_open_memory(const uint8_t *bytes, size_t count, cimage_png_info *info, char *message);
/// Decodes the next rows, 16-bit samples in host order; all rows at once when the file is interlaced.
bool cimage_png_read(cimage_png *png, uint32_t rows, size_t row_bytes, uint8_t *out, char *message);
void cimage_png_close(cimage_png *png);

/// What the head of a JPEG says.
typedef struct {
  uint32_t width, height;
  /// Samples a pixel as they are decoded: 1 grey, 3 RGB.
  uint8_t samples;
  /// Whether the rows only come after the whole file was read (progressive, or a scan a colour).
  bool has_multiple_scans;
} cimage_jpeg_info;

/// Reads the head of a JPEG. NULL with a message when it is broken.
cimage_jpeg *cimage_jpeg_open(int descriptor, cimage_jpeg_info *info, char *message);
cimage_jpeg *cimage_jpeg_open_memory(const uint8_t *bytes, size_t count, cimage_jpeg_info *info, char *message);
/// Decodes the next rows. What libjpeg would repair with a warning is an error here.
bool cimage_jpeg_read(cimage_jpeg *jpeg, uint32_t rows, size_t row_bytes, uint8_t *out, char *message);
void cimage_jpeg_close(cimage_jpeg *jpeg);
