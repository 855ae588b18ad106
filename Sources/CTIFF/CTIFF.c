#define _GNU_SOURCE
#include "CTIFF.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// MARK: tags

static TIFFExtendProc previous_extender;

static const TIFFFieldInfo geo_fields[] = {
  {CTIFF_MODEL_PIXEL_SCALE, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, "ModelPixelScale"},
  {CTIFF_MODEL_TIEPOINT, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, "ModelTiepoint"},
  {CTIFF_MODEL_TRANSFORMATION, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, "ModelTransformation"},
  {CTIFF_GEO_KEY_DIRECTORY, -1, -1, TIFF_SHORT, FIELD_CUSTOM, 1, 1, "GeoKeyDirectory"},
  {CTIFF_GEO_DOUBLE_PARAMS, -1, -1, TIFF_DOUBLE, FIELD_CUSTOM, 1, 1, "GeoDoubleParams"},
  {CTIFF_GEO_ASCII_PARAMS, -1, -1, TIFF_ASCII, FIELD_CUSTOM, 1, 0, "GeoAsciiParams"},
  {CTIFF_GDAL_METADATA, -1, -1, TIFF_ASCII, FIELD_CUSTOM, 1, 0, "GDALMetadata"},
  {CTIFF_GDAL_NODATA, -1, -1, TIFF_ASCII, FIELD_CUSTOM, 1, 0, "GDALNoData"},
};

static void extend_tags(TIFF *tiff) {
  TIFFMergeFieldInfo(tiff, geo_fields, sizeof geo_fields / sizeof geo_fields[0]);
  if (previous_extender) previous_extender(tiff);
}

static void set_up_library(void) {
  previous_extender = TIFFSetTagExtender(extend_tags);
  TIFFSetErrorHandler(NULL);
  TIFFSetWarningHandler(NULL);
}

// MARK: sources

enum kind { DESCRIPTOR, SEGMENT };

struct source {
  enum kind kind;
  uint64_t position;
  int descriptor;
  uint8_t *prefix;
  size_t prefix_count;
  uint64_t offset, length;
  char message[256];
};

static uint64_t size_of(thandle_t handle) {
  struct source *s = handle;
  struct stat st;
  switch (s->kind) {
    case SEGMENT: return s->prefix_count + s->length;
    case DESCRIPTOR: return fstat(s->descriptor, &st) == 0 ? (uint64_t)st.st_size : 0;
  }
  return 0;
}

static tmsize_t read_descriptor(struct source *s, uint8_t *out, size_t count, uint64_t at) {
  size_t done = 0;
  while (done < count) {
    ssize_t n = pread(s->descriptor, out + done, count - done, (off_t)(at + done));
    if (n <= 0) break;
    done += (size_t)n;
  }
  return (tmsize_t)done;
}

static tmsize_t read_source(thandle_t handle, void *buffer, tmsize_t wanted) {
  struct source *s = handle;
  uint8_t *out = buffer;
  uint64_t size = size_of(handle);
  if (wanted <= 0 || s->position >= size) return 0;
  size_t count = (uint64_t)wanted > size - s->position ? (size_t)(size - s->position) : (size_t)wanted;
  size_t done = 0;
  switch (s->kind) {
    case DESCRIPTOR:
      done = (size_t)read_descriptor(s, out, count, s->position);
      break;
    case SEGMENT:
      if (s->position < s->prefix_count) {
        done = s->prefix_count - (size_t)s->position;
        if (done > count) done = count;
        memcpy(out, s->prefix + s->position, done);
      }
      if (done < count)
        done += (size_t)read_descriptor(
          s, out + done, count - done, s->offset + (s->position + done - s->prefix_count));
      break;
  }
  s->position += done;
  return (tmsize_t)done;
}

static tmsize_t write_source(thandle_t handle, void *buffer, tmsize_t count) {
  struct source *s = handle;
  if (s->kind != DESCRIPTOR) return 0;
  tmsize_t done = 0;
  while (done < count) {
    ssize_t n = pwrite(s->descriptor, (uint8_t *)buffer + done, (size_t)(count - done), (off_t)s->position + done);
    if (n <= 0) break;
    done += n;
  }
  s->position += (uint64_t)done;
  return done;
}

static toff_t seek_source(thandle_t handle, toff_t offset, int whence) {
  struct source *s = handle;
  uint64_t base = whence == SEEK_CUR ? s->position : whence == SEEK_END ? size_of(handle) : 0;
  s->position = base + offset;
  return s->position;
}

static int close_source(thandle_t handle) {
  struct source *s = handle;
  free(s->prefix);
  free(s);
  return 0;
}

static int keep_error(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
  struct source *s = user;
  (void)tiff;
  (void)module;
  if (s->message[0] == 0) vsnprintf(s->message, sizeof s->message, format, arguments);
  return 1;
}

static int drop_warning(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments) {
  (void)tiff;
  (void)user;
  (void)module;
  (void)format;
  (void)arguments;
  return 1;
}

static TIFF *open_source(struct source *s, const char *mode) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, set_up_library);
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  if (!options) {
    close_source(s);
    return NULL;
  }
  TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)1 << 30);
  TIFFOpenOptionsSetErrorHandlerExtR(options, keep_error, s);
  TIFFOpenOptionsSetWarningHandlerExtR(options, drop_warning, s);
  char unmapped[16];
  snprintf(unmapped, sizeof unmapped, "%.10sm", mode);
  TIFF *tiff = TIFFClientOpenExt(
    "tiff", unmapped, s, read_source, write_source, seek_source, close_source, size_of, NULL, NULL, options);
  TIFFOpenOptionsFree(options);
  // A failed opening has not called close_source.
  if (!tiff) close_source(s);
  return tiff;
}

TIFF *ctiff_open_descriptor(int descriptor, const char *mode) {
  struct source *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->kind = DESCRIPTOR;
  s->descriptor = descriptor;
  return open_source(s, mode);
}

TIFF *ctiff_open_segment(const uint8_t *prefix, size_t prefix_count, int descriptor, uint64_t offset, uint64_t length) {
  struct source *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  s->kind = SEGMENT;
  s->descriptor = descriptor;
  s->offset = offset;
  s->length = length;
  s->prefix_count = prefix_count;
  s->prefix = malloc(prefix_count ? prefix_count : 1);
  if (!s->prefix) {
    free(s);
    return NULL;
  }
  memcpy(s->prefix, prefix, prefix_count);
  return open_source(s, "r");
}

const char *ctiff_error(TIFF *tiff) { return ((struct source *)TIFFClientdata(tiff))->message; }

// MARK: fixed-arity doors

bool ctiff_set_u16(TIFF *tiff, uint32_t tag, uint16_t value) { return TIFFSetField(tiff, tag, value) == 1; }
bool ctiff_set_u32(TIFF *tiff, uint32_t tag, uint32_t value) { return TIFFSetField(tiff, tag, value) == 1; }
bool ctiff_set_string(TIFF *tiff, uint32_t tag, const char *value) { return TIFFSetField(tiff, tag, value) == 1; }

bool ctiff_set_array(TIFF *tiff, uint32_t tag, uint32_t count, const void *values) {
  const TIFFField *field = TIFFFindField(tiff, tag, TIFF_ANY);
  if (!field) return false;
  if (!TIFFFieldPassCount(field)) return TIFFSetField(tiff, tag, values) == 1;
  if (TIFFFieldWriteCount(field) == TIFF_VARIABLE2) return TIFFSetField(tiff, tag, count, values) == 1;
  if (count > UINT16_MAX) return false;
  return TIFFSetField(tiff, tag, (uint16_t)count, values) == 1;
}
