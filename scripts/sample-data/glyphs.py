"""Draws a font's glyphs as signed distance fields in the Mapbox glyph format. Usage: glyphs.py FONT OUT"""

import sys
from pathlib import Path

import freetype
import numpy as np
from scipy.ndimage import distance_transform_edt

EM, BORDER, RADIUS, CUTOFF = 24, 3, 8.0, 0.25  # what map renderers expect, in pixels
SCALE = 8  # drawn this many times larger, then reduced
RANGES = (0, 256, 512, 768, 1024, 7680, 8192)  # Latin, Greek, Cyrillic, Vietnamese, punctuation


def varint(value):
    result = bytearray()
    while value > 127:
        result.append(value & 127 | 128)
        value >>= 7
    return bytes(result) + bytes([value])


def integer(field, value):
    return varint(field << 3) + varint(value)


def signed(field, value):
    return integer(field, value << 1 if value >= 0 else -value * 2 - 1)


def blob(field, content):
    return varint(field << 3 | 2) + varint(len(content)) + content


def distance_field(inside):
    """The field of a mask drawn SCALE times larger, as bytes: 191 at the outline, more inside."""
    distance = (distance_transform_edt(~inside) - distance_transform_edt(inside)) / SCALE
    low, high = SCALE // 2 - 1, SCALE // 2  # a pixel's centre lies between these two samples
    middle = sum(distance[y::SCALE, x::SCALE] for y in (low, high) for x in (low, high)) / 4
    return np.clip(np.rint(255 - 255 * (middle / RADIUS + CUTOFF)), 0, 255).astype("u1")


def glyph(face, ascender, code):
    """The glyph message of a code point, or nothing where the font lacks it."""
    index = face.get_char_index(code)
    if index == 0:
        return None
    face.set_pixel_sizes(0, EM)
    face.load_glyph(index, freetype.FT_LOAD_NO_HINTING)
    advance = integer(7, round(face.glyph.linearHoriAdvance / 65536))

    face.set_pixel_sizes(0, EM * SCALE)
    face.load_glyph(index, freetype.FT_LOAD_NO_HINTING | freetype.FT_LOAD_RENDER | freetype.FT_LOAD_TARGET_MONO)
    left, top, bitmap = face.glyph.bitmap_left, face.glyph.bitmap_top, face.glyph.bitmap
    if bitmap.width == 0 or bitmap.rows == 0:
        return integer(1, code) + integer(3, 0) + integer(4, 0) + signed(5, 0) + signed(6, 0) + advance

    rows = np.frombuffer(bytes(bitmap.buffer), "u1").reshape(bitmap.rows, abs(bitmap.pitch))
    drawn = np.unpackbits(rows, axis=1)[:, : bitmap.width] > 0
    west, north = left // SCALE, -(-top // SCALE)
    width = -(-(left + bitmap.width) // SCALE) - west
    height = north - (top - bitmap.rows) // SCALE
    mask = np.zeros(((height + 2 * BORDER) * SCALE, (width + 2 * BORDER) * SCALE), bool)
    y, x = (north + BORDER) * SCALE - top, left - (west - BORDER) * SCALE
    mask[y : y + bitmap.rows, x : x + bitmap.width] = drawn
    field = blob(2, distance_field(mask).tobytes())
    placing = integer(3, width) + integer(4, height) + signed(5, west) + signed(6, north - ascender)
    return integer(1, code) + field + placing + advance


font, out = sys.argv[1], Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
face = freetype.Face(font)
ascender = round(face.ascender * EM / face.units_per_EM)
for first in RANGES:
    name = f"{first}-{first + 255}"
    stack = blob(1, out.name.encode()) + blob(2, name.encode())
    for code in range(max(first, 32), first + 256):
        message = glyph(face, ascender, code)
        if message:
            stack += blob(3, message)
    (out / f"{name}.pbf").write_bytes(blob(1, stack))
