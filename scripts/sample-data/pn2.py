"""Reads Marble's .pn2 files, version 2: lines and rings in steps of 1/120 degree, big-endian."""

import struct
from pathlib import Path

LINE, RING, OUTER, INNER, GROUP = range(5)


def read(path):
    """A list of features, each a list of (kind, [(longitude, latitude), ...])."""
    content, offset = Path(path).read_bytes(), 0

    def take(layout):
        nonlocal offset
        values = struct.unpack_from(">" + layout, content, offset)
        offset += struct.calcsize(">" + layout)
        return values

    def nodes(count):
        result = []
        for _ in range(count):
            latitude, longitude, relatives = take("hhh")
            result.append((longitude / 120, latitude / 120))
            for _ in range(relatives):  # each counts from the absolute node, not from the one before
                d_latitude, d_longitude = take("bb")
                result.append(((longitude + d_longitude) / 120, (latitude + d_latitude) / 120))
        return result

    version, _, has_colour = take("BIB")
    assert version == 2
    features, last = [], None
    while offset < len(content):  # the header's count is too high where there are groups
        kind, identifier = take("BI")
        if identifier != last:
            if has_colour:
                take("B")
            features.append([])
            last = identifier
        members = 1
        if kind == GROUP:
            (members,) = take("B")
        for _ in range(members):
            if kind == GROUP:
                member_kind, _, count = take("BII")
            else:
                member_kind, (count,) = kind, take("I")
            features[-1].append((member_kind, nodes(count)))
    assert offset == len(content)
    return features
