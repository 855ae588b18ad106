"""Derives the vector layers of the World service from Natural Earth. Usage: layers.py SOURCES OUT"""

import json
import math
import subprocess
import sys
from pathlib import Path

import shapely
from shapely import ops

import geojson
import pn2
import rdb

SOURCES, OUT = Path(sys.argv[1]), Path(sys.argv[2])
NATURAL_EARTH = rdb.Database(SOURCES / "usr/lib/R/site-library/rnaturalearthdata/data/Rdata")
MARBLE = SOURCES / "usr/share/marble/data/naturalearth"

# Letters that the package of cities lost.
MENDED = {"Chi?in?u": "Chișinău", "?saka": "Ōsaka"}

# The package's other cities are capitals; it does not say so itself.
NOT_CAPITALS = {
    "Abidjan", "Atlanta", "Auckland", "Baguio", "Bengaluru", "Casablanca", "Chengdu", "Chicago", "Dar es Salaam",
    "Denver", "Dubai", "Geneva", "Hong Kong", "Houston", "Istanbul", "Johannesburg", "Kolkata", "Kyoto", "Laayoune",
    "Lagos", "Los Angeles", "Melbourne", "Miami", "Monterrey", "Mumbai", "New York", "Putrajaya", "Rio de Janeiro",
    "San Francisco", "Shanghai", "Sydney", "São Paulo", "Tel Aviv", "The Hague", "Toronto", "Valparaíso", "Vancouver",
    "Yangon", "Ürümqi", "Ōsaka",
}


def text(value):
    value = None if value is None else str(value)
    return None if value in ("nan", "NA", "<NA>", "None", "-99") else value


def number(value):
    try:
        value = float(value)
    except (TypeError, ValueError):
        return None
    if math.isnan(value) or value <= -99:
        return None
    return int(value) if value == int(value) else value


def areas(layer):
    """(row of the table, geometry) of each feature of a polygon layer."""
    for index, shape in enumerate(layer.polygons):
        outers, holes = [], []
        for part in shape.Polygons:
            hole = bool(part.hole[0] if hasattr(part.hole, "__len__") else part.hole)
            (holes if hole else outers).append(geojson.ring(part.coords, 4))
        yield layer.data.iloc[index], geojson.polygon(outers, holes)


def label_point(geometry):
    """The pole of inaccessibility of the largest part."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    largest = max((shapely.Polygon(part[0], part[1:]) for part in parts), key=lambda part: part.area)
    if largest.area <= 0.01:
        return largest.representative_point()
    clean = largest.buffer(0)
    return ops.polylabel(clean if clean.geom_type == "Polygon" else largest, 0.1)


def countries():
    texts = ("name", "name_long", "iso_a2", "iso_a3", "continent")
    numbers = ("pop_est", "scalerank", "labelrank", "mapcolor7")
    features, labels = [], []
    for row, geometry in areas(NATURAL_EARTH.read("countries50")):
        properties = {key: text(row[key]) for key in texts} | {key: number(row[key]) for key in numbers}
        features.append(geojson.feature(geometry, **properties))
        place = label_point(geometry)
        named = {key: properties[key] for key in ("name", "labelrank", "pop_est")}
        labels.append(geojson.feature(geojson.point(round(place.x, 3), round(place.y, 3)), **named))
    labels.sort(key=lambda label: (label["properties"]["labelrank"] or 99, -(label["properties"]["pop_est"] or 0)))
    geojson.write(OUT, "countries", features)
    geojson.write(OUT, "country_labels", labels)
    return features


def states():
    layer = areas(NATURAL_EARTH.read("states50"))
    features = [geojson.feature(shape, name=text(row["name"]), admin=text(row["admin"])) for row, shape in layer]
    geojson.write(OUT, "states", features)


def coastline():
    lines = (part for shape in NATURAL_EARTH.read("coastline50").lines for part in shape.Lines)
    geojson.write(OUT, "coastline", [geojson.feature(geojson.line(part.coords, 4)) for part in lines])


def rivers():
    features = []
    for parts in pn2.read(MARBLE / "ne_50m_rivers_lake_centerlines.pn2"):
        lines = (geojson.line(points, 3) for _, points in parts)
        features += [geojson.feature(line) for line in lines if len(line["coordinates"]) > 1]
    geojson.write(OUT, "rivers", features)


def marble_areas(name, file):
    features = []
    for parts in pn2.read(MARBLE / file):
        outers = [geojson.ring(points, 3) for kind, points in parts if kind in (pn2.RING, pn2.OUTER)]
        holes = [geojson.ring(points, 3) for kind, points in parts if kind == pn2.INNER]
        if outers:
            features.append(geojson.feature(geojson.polygon(outers, holes)))
    geojson.write(OUT, name, features)


def places(countries):
    """Cities with their country, whether they are capitals (1) or not (0), and a rank that thins them: at rank r they
    keep 24 / 2^r degrees apart, at 9 no longer."""
    shapefile = SOURCES / "geopandas/datasets/naturalearth_cities/naturalearth_cities.shp"
    command = ["ogr2ogr", "-f", "GeoJSON", "/vsistdout/", str(shapefile), "-lco", "COORDINATE_PRECISION=4"]
    table = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    shapes = [(shapely.geometry.shape(item["geometry"]).buffer(0), item["properties"]) for item in countries]
    cities = []
    for item in table["features"]:
        position = item["geometry"]["coordinates"]
        country = min(shapes, key=lambda shape: shape[0].distance(shapely.Point(position)))[1]
        name = item["properties"]["name"]
        cities.append((-(country["pop_est"] or 0), name, country["name"], position))
    cities.sort()

    chosen, rank, apart = [], 0, 24.0
    while cities:
        left = []
        for city in cities:
            if all(math.dist(city[3], other["geometry"]["coordinates"]) > apart for other in chosen):
                name = MENDED.get(city[1], city[1])
                properties = {"name": name, "country": city[2], "capital": int(name not in NOT_CAPITALS), "rank": rank}
                chosen.append(geojson.feature(geojson.point(*city[3]), **properties))
            else:
                left.append(city)
        cities, rank, apart = left, rank + 1, apart / 2 if rank < 8 else 0
    geojson.write(OUT, "places", chosen)


OUT.mkdir(parents=True, exist_ok=True)
places(countries())
states()
coastline()
rivers()
marble_areas("lakes", "ne_50m_lakes.pn2")
marble_areas("glaciers", "ne_50m_glaciated_areas.pn2")
