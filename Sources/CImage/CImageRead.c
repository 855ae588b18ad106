#define _GNU_SOURCE
#include "CImageRead.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jpeglib.h>
#include <jerror.h>
#include <png.h>

static void say(char *message, const char *text) { snprintf(message, CIMAGE_MESSAGE_SIZE, "%s", text); }

// Where the bytes come from: a file, or memory where there is some.
typedef struct {
  int descriptor;
  const uint8_t *bytes;
  size_t count;
} source;

static ssize_t pull(const source *from, void *out, size_t count, off_t offset) {
  if (!from->bytes) return pread(from->descriptor, out, count, offset);
  if (offset < 0 || (size_t)offset >= from->count) return 0;
  if (count > from->count - (size_t)offset) count = from->count - (size_t)offset;
  memcpy(out, from->bytes + offset, count);
  return (ssize_t)count;
}

// MARK: PNG

struct cimage_png {
  png_structp png;
  png_infop info;
  source from;
  off_t offset;
  uint32_t height;
  bool is_interlaced;
  char *message;
};

static void png_fail(png_structp png, png_const_charp text) {
  cimage_png *self = png_get_error_ptr(png);
  if (self->message) say(self->message, text);
  png_longjmp(png, 1);
}

static void png_ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void png_pull(png_structp png, png_bytep out, size_t count) {
  cimage_png *self = png_get_io_ptr(png);
  while (count > 0) {
    ssize_t n = pull(&self->from, out, count, self->offset);
    if (n <= 0) png_error(png, "the file ends too early");
    out += n;
    count -= (size_t)n;
    self->offset += n;
  }
}

static void png_describe(png_structp png, png_infop head, cimage_png_info *info) {
  int bits, colour, interlace;
  png_uint_32 width, height;
  png_get_IHDR(png, head, &width, &height, &bits, &colour, &interlace, NULL, NULL);
  info->width = width;
  info->height = height;
  info->bits = (uint8_t)bits;
  info->samples = png_get_channels(png, head);
  info->is_interlaced = interlace != PNG_INTERLACE_NONE;

  png_bytep alphas = NULL;
  int alpha_count = 0;
  png_color_16p transparent = NULL;
  png_get_tRNS(png, head, &alphas, &alpha_count, &transparent);
  png_colorp palette = NULL;
  int count = 0;
  if (colour == PNG_COLOR_TYPE_PALETTE && png_get_PLTE(png, head, &palette, &count) && count <= 256) {
    info->palette_count = (uint32_t)count;
    for (int i = 0; i < count; i++) {
      info->palette[i][0] = palette[i].red;
      info->palette[i][1] = palette[i].green;
      info->palette[i][2] = palette[i].blue;
      info->palette[i][3] = alphas && i < alpha_count ? alphas[i] : 255;
    }
  } else if (transparent && (colour == PNG_COLOR_TYPE_GRAY || colour == PNG_COLOR_TYPE_RGB)) {
    info->has_transparent = true;
    info->transparent[0] = colour == PNG_COLOR_TYPE_GRAY ? transparent->gray : transparent->red;
    info->transparent[1] = transparent->green;
    info->transparent[2] = transparent->blue;
  }
}

static cimage_png *png_open(source from, cimage_png_info *info, char *message) {
  memset(info, 0, sizeof *info);
  cimage_png *self = calloc(1, sizeof *self);
  if (!self) {
    say(message, "out of memory");
    return NULL;
  }
  self->from = from;
  self->message = message;
  self->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, self, png_fail, png_ignore);
  if (self->png) self->info = png_create_info_struct(self->png);
  if (!self->info) {
    say(message, "out of memory");
    cimage_png_close(self);
    return NULL;
  }
  if (setjmp(png_jmpbuf(self->png))) {
    cimage_png_close(self);
    return NULL;
  }
  png_set_read_fn(self->png, self, png_pull);
  png_set_user_limits(self->png, 1 << 20, 1 << 20);
  png_set_chunk_malloc_max(self->png, 16 << 20);
  png_set_keep_unknown_chunks(self->png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
  png_read_info(self->png, self->info);
  png_describe(self->png, self->info, info);
  self->height = info->height;
  self->is_interlaced = info->is_interlaced;
  if (info->bits < 8) png_set_packing(self->png);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (info->bits == 16) png_set_swap(self->png);
#endif
  if (self->is_interlaced) png_set_interlace_handling(self->png);
  png_read_update_info(self->png, self->info);
  self->message = NULL;
  return self;
}

cimage_png *cimage_png_open(int descriptor, cimage_png_info *info, char *message) {
  return png_open((source){.descriptor = descriptor}, info, message);
}

cimage_png *cimage_png_open_memory(const uint8_t *bytes, size_t count, cimage_png_info *info, char *message) {
  return png_open((source){.descriptor = -1, .bytes = bytes, .count = count}, info, message);
}

bool cimage_png_read(cimage_png *self, uint32_t rows, size_t row_bytes, uint8_t *out, char *message) {
  self->message = message;
  if (setjmp(png_jmpbuf(self->png))) return false;
  if (png_get_rowbytes(self->png, self->info) > row_bytes || (self->is_interlaced && rows != self->height))
    png_error(self->png, "the row buffer does not fit");
  // Passes over an interlaced picture refine the rows in place.
  for (int pass = self->is_interlaced ? PNG_INTERLACE_ADAM7_PASSES : 1; pass > 0; pass--)
    for (uint32_t row = 0; row < rows; row++) png_read_row(self->png, out + row * row_bytes, NULL);
  return true;
}

void cimage_png_close(cimage_png *self) {
  if (!self) return;
  if (self->png) png_destroy_read_struct(&self->png, self->info ? &self->info : NULL, NULL);
  free(self);
}

// MARK: JPEG

enum { JPEG_BUFFER = 1 << 15, JPEG_MAXIMUM_SCANS = 200 };

struct cimage_jpeg {
  struct jpeg_decompress_struct decoder;
  struct jpeg_error_mgr errors;
  struct jpeg_source_mgr manager;
  struct jpeg_progress_mgr progress;
  jmp_buf escape;
  source from;
  off_t offset;
  bool is_cmyk;
  bool has_started;
  uint8_t *row;
  char *message;
  JOCTET buffer[JPEG_BUFFER];
};

static cimage_jpeg *jpeg_self(j_common_ptr decoder) { return decoder->client_data; }

static void jpeg_fail(j_common_ptr decoder) {
  cimage_jpeg *self = jpeg_self(decoder);
  char text[JMSG_LENGTH_MAX];
  decoder->err->format_message(decoder, text);
  if (self->message) say(self->message, text);
  longjmp(self->escape, 1);
}

static void jpeg_note(j_common_ptr decoder, int level) {
  if (level < 0) {
    decoder->err->num_warnings++;
    jpeg_fail(decoder);
  }
}

static void jpeg_silence(j_common_ptr decoder) { (void)decoder; }

// A few bytes can ask for endless scans over the whole picture.
static void jpeg_count_scans(j_common_ptr decoder) {
  if (((j_decompress_ptr)decoder)->input_scan_number > JPEG_MAXIMUM_SCANS) {
    cimage_jpeg *self = jpeg_self(decoder);
    if (self->message) say(self->message, "it has too many scans");
    longjmp(self->escape, 1);
  }
}

static void jpeg_begin(j_decompress_ptr decoder) { (void)decoder; }

static boolean jpeg_fill(j_decompress_ptr decoder) {
  cimage_jpeg *self = jpeg_self((j_common_ptr)decoder);
  ssize_t n = pull(&self->from, self->buffer, JPEG_BUFFER, self->offset);
  if (n <= 0) ERREXIT(decoder, JERR_INPUT_EOF);
  self->offset += n;
  self->manager.next_input_byte = self->buffer;
  self->manager.bytes_in_buffer = (size_t)n;
  return TRUE;
}

static void jpeg_skip(j_decompress_ptr decoder, long count) {
  cimage_jpeg *self = jpeg_self((j_common_ptr)decoder);
  if (count <= 0) return;
  if ((size_t)count <= self->manager.bytes_in_buffer) {
    self->manager.next_input_byte += count;
    self->manager.bytes_in_buffer -= (size_t)count;
  } else {
    self->offset += count - (long)self->manager.bytes_in_buffer;
    self->manager.bytes_in_buffer = 0;
  }
}

static cimage_jpeg *jpeg_open(source from, cimage_jpeg_info *info, char *message) {
  memset(info, 0, sizeof *info);
  cimage_jpeg *self = calloc(1, sizeof *self);
  if (!self) {
    say(message, "out of memory");
    return NULL;
  }
  self->from = from;
  self->message = message;
  self->decoder.err = jpeg_std_error(&self->errors);
  self->errors.error_exit = jpeg_fail;
  self->errors.emit_message = jpeg_note;
  self->errors.output_message = jpeg_silence;
  self->decoder.client_data = self;
  if (setjmp(self->escape)) {
    cimage_jpeg_close(self);
    return NULL;
  }
  jpeg_create_decompress(&self->decoder);
  self->decoder.client_data = self;
  self->manager.init_source = jpeg_begin;
  self->manager.fill_input_buffer = jpeg_fill;
  self->manager.skip_input_data = jpeg_skip;
  self->manager.resync_to_restart = jpeg_resync_to_restart;
  self->manager.term_source = jpeg_begin;
  self->decoder.src = &self->manager;
  self->progress.progress_monitor = jpeg_count_scans;
  self->decoder.progress = &self->progress;
  jpeg_read_header(&self->decoder, TRUE);
  info->width = self->decoder.image_width;
  info->height = self->decoder.image_height;
  info->has_multiple_scans = jpeg_has_multiple_scans(&self->decoder);
  switch (self->decoder.jpeg_color_space) {
    case JCS_GRAYSCALE: self->decoder.out_color_space = JCS_GRAYSCALE; break;
    case JCS_CMYK:
    case JCS_YCCK:
      self->decoder.out_color_space = JCS_CMYK;
      self->is_cmyk = true;
      break;
    case JCS_RGB:
    case JCS_YCbCr: self->decoder.out_color_space = JCS_RGB; break;
    default:
      say(message, "its colours are of an unknown kind");
      cimage_jpeg_close(self);
      return NULL;
  }
  info->samples = self->decoder.out_color_space == JCS_GRAYSCALE ? 1 : 3;
  self->message = NULL;
  return self;
}

cimage_jpeg *cimage_jpeg_open(int descriptor, cimage_jpeg_info *info, char *message) {
  return jpeg_open((source){.descriptor = descriptor}, info, message);
}

cimage_jpeg *cimage_jpeg_open_memory(const uint8_t *bytes, size_t count, cimage_jpeg_info *info, char *message) {
  return jpeg_open((source){.descriptor = -1, .bytes = bytes, .count = count}, info, message);
}

// As GDAL converts: inks as Adobe's files store them, 255 for none.
static void rgb_from_cmyk(const uint8_t *from, uint8_t *to, uint32_t width) {
  for (uint32_t x = 0; x < width; x++, from += 4, to += 3)
    for (int i = 0; i < 3; i++) to[i] = (uint8_t)(from[i] * from[3] / 255);
}

bool cimage_jpeg_read(cimage_jpeg *self, uint32_t rows, size_t row_bytes, uint8_t *out, char *message) {
  struct jpeg_decompress_struct *decoder = &self->decoder;
  self->message = message;
  if (setjmp(self->escape)) return false;
  if (!self->has_started) {
    self->has_started = true;
    jpeg_start_decompress(decoder);
    if (self->is_cmyk) self->row = malloc((size_t)decoder->output_width * 4);
    if (self->is_cmyk && !self->row) ERREXIT1(decoder, JERR_OUT_OF_MEMORY, 0);
  }
  if ((size_t)decoder->output_width * (self->is_cmyk ? 3 : (size_t)decoder->output_components) > row_bytes)
    ERREXIT(decoder, JERR_BUFFER_SIZE);
  for (uint32_t row = 0; row < rows; row++) {
    JSAMPROW line = self->is_cmyk ? self->row : out + row * row_bytes;
    if (jpeg_read_scanlines(decoder, &line, 1) != 1) ERREXIT(decoder, JERR_INPUT_EOF);
    if (self->is_cmyk)
      rgb_from_cmyk(self->row, out + row * row_bytes, decoder->output_width);
  }
  return true;
}

void cimage_jpeg_close(cimage_jpeg *self) {
  if (!self) return;
  jpeg_destroy_decompress(&self->decoder);
  free(self->row);
  free(self);
}
