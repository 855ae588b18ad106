"""Reads R's lazy-load databases: NAME.rdx, an index, beside NAME.rdb, the compressed objects."""

import gzip
import lzma
import warnings
import zlib
from pathlib import Path

import rdata

warnings.filterwarnings("ignore", module="rdata")


class Database:
    def __init__(self, stem):
        self.content = Path(f"{stem}.rdb").read_bytes()
        index = gzip.decompress(Path(f"{stem}.rdx").read_bytes())
        self.places = rdata.conversion.convert(rdata.parser.parse_data(index))["variables"]

    def read(self, name):
        """The object called name; S4 slots are plain attributes of it."""
        offset, length = (int(value) for value in self.places[name])
        record = self.content[offset : offset + length]
        if record[4:5] == b"Z":
            filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]
            unpacked = lzma.decompress(record[5:], format=lzma.FORMAT_RAW, filters=filters)
        else:
            unpacked = zlib.decompress(record[4:])
        assert len(unpacked) == int.from_bytes(record[:4], "big")
        return rdata.conversion.convert(rdata.parser.parse_data(unpacked))
