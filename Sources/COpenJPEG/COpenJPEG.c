#include "COpenJPEG.h"

#include <openjpeg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_BYTES = 256 };

// MARK: a codestream in memory

struct output {
  uint8_t *bytes;
  size_t count, capacity, position;
};

// Makes room up to `end`, and zeros where nothing was written yet.
static bool reach(struct output *o, size_t end) {
  if (end > o->capacity) {
    size_t capacity = o->capacity ? o->capacity : 65536;
    while (capacity < end) {
      if (capacity > SIZE_MAX / 2) return false;
      capacity *= 2;
    }
    uint8_t *bytes = realloc(o->bytes, capacity);
    if (!bytes) return false;
    o->bytes = bytes;
    o->capacity = capacity;
  }
  if (end > o->count) {
    memset(o->bytes + o->count, 0, end - o->count);
    o->count = end;
  }
  return true;
}

static OPJ_SIZE_T write_output(void *bytes, OPJ_SIZE_T count, void *user) {
  struct output *o = user;
  if (count > SIZE_MAX - o->position || !reach(o, o->position + count)) return (OPJ_SIZE_T)-1;
  memcpy(o->bytes + o->position, bytes, count);
  o->position += count;
  return count;
}

static OPJ_OFF_T skip_output(OPJ_OFF_T count, void *user) {
  struct output *o = user;
  if (count < 0 || (uint64_t)count > SIZE_MAX - o->position || !reach(o, o->position + (size_t)count)) return -1;
  o->position += (size_t)count;
  return count;
}

static OPJ_BOOL seek_output(OPJ_OFF_T offset, void *user) {
  struct output *o = user;
  if (offset < 0 || !reach(o, (size_t)offset)) return OPJ_FALSE;
  o->position = (size_t)offset;
  return OPJ_TRUE;
}

// MARK: messages

// The first error is the cause, those after it are its consequences.
static void keep_error(const char *text, void *user) {
  char *message = user;
  if (message[0]) return;
  snprintf(message, MESSAGE_BYTES, "%s", text);
  message[strcspn(message, "\r\n")] = 0;
}

static void drop_message(const char *text, void *user) {
  (void)text;
  (void)user;
}

// MARK: pixels

static void copy_component(const struct copenjpeg_tile *t, const uint8_t *pixels, uint32_t component, OPJ_INT32 *out) {
  const size_t step = t->components;
  for (uint32_t row = 0; row < t->height; row++, out += t->width) {
    const uint8_t *line = pixels + row * t->row_bytes;
    if (t->sample_bytes == 1 && !t->is_signed) {
      const uint8_t *in = line + component;
      for (uint32_t i = 0; i < t->width; i++) out[i] = in[i * step];
    } else if (t->sample_bytes == 1) {
      const int8_t *in = (const int8_t *)line + component;
      for (uint32_t i = 0; i < t->width; i++) out[i] = in[i * step];
    } else if (!t->is_signed) {
      const uint16_t *in = (const uint16_t *)(const void *)line + component;
      for (uint32_t i = 0; i < t->width; i++) out[i] = in[i * step];
    } else {
      const int16_t *in = (const int16_t *)(const void *)line + component;
      for (uint32_t i = 0; i < t->width; i++) out[i] = in[i * step];
    }
  }
}

static opj_image_t *make_image(const struct copenjpeg_tile *t, const void *pixels) {
  opj_image_cmptparm_t *parameters = calloc(t->components, sizeof *parameters);
  if (!parameters) return NULL;
  for (uint32_t i = 0; i < t->components; i++) {
    parameters[i].dx = parameters[i].dy = 1;
    parameters[i].w = t->width;
    parameters[i].h = t->height;
    parameters[i].x0 = t->x;
    parameters[i].y0 = t->y;
    parameters[i].prec = t->precision;
    parameters[i].sgnd = t->is_signed;
  }
  opj_image_t *image =
    opj_image_create(t->components, parameters, t->components >= 3 ? OPJ_CLRSPC_SRGB : OPJ_CLRSPC_GRAY);
  free(parameters);
  if (!image) return NULL;
  image->x0 = t->x;
  image->y0 = t->y;
  image->x1 = t->x + t->width;
  image->y1 = t->y + t->height;
  for (uint32_t i = 0; i < t->components; i++) copy_component(t, pixels, i, image->comps[i].data);
  return image;
}

// MARK: encoding

static bool encode(opj_codec_t *codec, opj_stream_t *stream, opj_image_t *image, const struct copenjpeg_tile *t) {
  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.tcp_numlayers = 1;
  parameters.tcp_rates[0] = 0;
  parameters.cp_disto_alloc = 1;
  parameters.irreversible = 0;
  parameters.numresolution = (int)t->resolutions;
  parameters.tcp_mct = t->decorrelates ? 1 : 0;
  parameters.tile_size_on = OPJ_TRUE;
  parameters.cp_tx0 = (int)t->x;
  parameters.cp_ty0 = (int)t->y;
  parameters.cp_tdx = (int)t->nominal_width;
  parameters.cp_tdy = (int)t->nominal_height;
  return opj_setup_encoder(codec, &parameters, image) && opj_start_compress(codec, image, stream) &&
         opj_encode(codec, stream) && opj_end_compress(codec, stream);
}

bool copenjpeg_encode(
  const struct copenjpeg_tile *tile, const void *pixels, uint8_t **bytes, size_t *count, char *message) {
  message[0] = 0;
  struct output output = {0};
  bool done = false;
  opj_image_t *image = make_image(tile, pixels);
  opj_codec_t *codec = opj_create_compress(OPJ_CODEC_J2K);
  opj_stream_t *stream = opj_stream_create(1 << 16, OPJ_FALSE);
  if (image && codec && stream) {
    opj_set_error_handler(codec, keep_error, message);
    opj_set_warning_handler(codec, drop_message, NULL);
    opj_set_info_handler(codec, drop_message, NULL);
    opj_stream_set_user_data(stream, &output, NULL);
    opj_stream_set_write_function(stream, write_output);
    opj_stream_set_skip_function(stream, skip_output);
    opj_stream_set_seek_function(stream, seek_output);
    done = encode(codec, stream, image, tile);
  }
  if (stream) opj_stream_destroy(stream);
  if (codec) opj_destroy_codec(codec);
  if (image) opj_image_destroy(image);
  if (done) {
    *bytes = output.bytes;
    *count = output.count;
    return true;
  }
  free(output.bytes);
  if (!message[0]) snprintf(message, MESSAGE_BYTES, "OpenJPEG can't encode a tile");
  return false;
}

void copenjpeg_free(uint8_t *bytes) { free(bytes); }
