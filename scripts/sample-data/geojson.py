"""Geometries and features as RFC 7946 wants them: outer rings counter-clockwise, no repeated points."""

import json

import shapely


def rounded(points, decimals):
    """The points rounded, without those that rounding made equal to the one before."""
    result = []
    for x, y in points:
        point = [round(float(x), decimals), round(float(y), decimals)]
        if not result or result[-1] != point:
            result.append(point)
    return result


def ring(points, decimals):
    result = rounded(points, decimals)
    if len(result) > 1 and result[0] != result[-1]:
        result.append(result[0])
    return result


def signed_area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2


def wound(ring, counter_clockwise):
    return ring if (signed_area(ring) > 0) == counter_clockwise else ring[::-1]


def polygon(outers, holes):
    """A Polygon or MultiPolygon; each hole goes to the smallest part that holds it."""
    parts = [[wound(outer, True)] for outer in outers if len(outer) >= 4 and signed_area(outer) != 0]
    shapes = [shapely.Polygon(part[0]) for part in parts]
    for hole in holes:
        if len(hole) < 4:
            continue
        inside = shapely.Polygon(hole).representative_point()
        around = [index for index, shape in enumerate(shapes) if shape.contains(inside)]
        if around:
            parts[min(around, key=lambda index: shapes[index].area)].append(wound(hole, False))
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def line(points, decimals):
    return {"type": "LineString", "coordinates": rounded(points, decimals)}


def point(x, y):
    return {"type": "Point", "coordinates": [x, y]}


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write(folder, name, features):
    """Writes NAME.geojson, a line a feature, without the features that have no coordinates."""
    lines = [
        json.dumps(item, ensure_ascii=False, separators=(",", ":"))
        for item in features
        if item["geometry"]["coordinates"]
    ]
    head = f'{{"type":"FeatureCollection","name":"{name}","features":[\n'
    (folder / f"{name}.geojson").write_text(head + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
