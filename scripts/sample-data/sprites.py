"""Draws the sprite sheets of the World service at 1x and 2x. Usage: sprites.py OUT"""

import json
import sys
from pathlib import Path

from PIL import Image, ImageDraw

SCALE = 8  # drawn this many times larger, then reduced
GAP = 2
INK, PAPER, ROCK, ICE = (60, 60, 60, 255), (255, 255, 255, 255), (130, 90, 60, 255), (170, 205, 225, 255)


def city(pen, size, unit):
    pen.ellipse((2 * unit, 2 * unit, size - 2 * unit, size - 2 * unit), PAPER, INK, round(1.5 * unit))


def capital(pen, size, unit):
    pen.ellipse((unit, unit, size - unit, size - unit), PAPER, INK, round(1.5 * unit))
    pen.ellipse((5 * unit, 5 * unit, size - 5 * unit, size - 5 * unit), INK)


def town(pen, size, unit):
    pen.rectangle((2 * unit, 2 * unit, size - 2 * unit, size - 2 * unit), INK)


def peak(pen, size, unit):
    pen.polygon(((size / 2, unit), (size - unit, size - 2 * unit), (unit, size - 2 * unit)), ROCK)


def glacier_pattern(pen, size, unit):
    for start in range(-size, size, 4 * unit):  # 4 divides the size, so the lines meet in the next tile
        pen.line((start, size, start + size, 0), ICE, round(0.8 * unit))


def shield(pen, size, unit):
    box = (unit, 2 * unit, size - unit, size - 2 * unit)
    pen.rounded_rectangle(box, 4 * unit, (255, 255, 255, 230), (110, 110, 110, 255), round(1.5 * unit))


ICONS = {
    "city": (city, 12),
    "capital": (capital, 16),
    "town": (town, 10),
    "peak": (peak, 14),
    "glacier-pattern": (glacier_pattern, 16),
    "shield": (shield, 24),
}

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
for ratio, suffix in ((1, ""), (2, "@2x")):
    width = sum(size + GAP for _, size in ICONS.values()) * ratio
    height = max(size for _, size in ICONS.values()) * ratio
    sheet, index, x = Image.new("RGBA", (width, height)), {}, 0
    for name, (draw, size) in ICONS.items():
        pixels = size * ratio
        large = Image.new("RGBA", (pixels * SCALE, pixels * SCALE))
        draw(ImageDraw.Draw(large), pixels * SCALE - 1, ratio * SCALE)
        sheet.paste(large.resize((pixels, pixels), Image.Resampling.BOX), (x, 0))
        index[name] = {"x": x, "y": 0, "width": pixels, "height": pixels, "pixelRatio": ratio}
        x += pixels + GAP * ratio
    sheet.save(out / f"sprite{suffix}.png", optimize=True)
    (out / f"sprite{suffix}.json").write_text(json.dumps(index, indent=1))
