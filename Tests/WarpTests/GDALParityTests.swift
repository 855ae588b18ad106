import Pixels
import Spatial
import Testing

@testable import Warp

@Suite("Pictures of one raster are those of gdalwarp")
struct GDALParityTests {
  /// A raster to draw: its samples, where it lies, and the reference of the pictures.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var source: String
    var extent: String
    var reference: String
    var target: Int
    /// From the least to the greatest sample.
    var range = 255.0
    /// Pictures that show parts of the raster, enlarged and made smaller, and parts of its surroundings.
    var windows = 8

    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "bytes, same reference", source: "smooth(3, 90, 130, np.uint8, 0, 255)",
      extent: "(500000, 7000000, 501300, 7000900)", reference: "EPSG:3857", target: 3857),
    Case(
      name: "one byte band, degrees to Web Mercator", source: "smooth(1, 80, 120, np.uint8, 0, 255)",
      extent: "(-12, 34, 48, 71)", reference: "EPSG:4326", target: 3857),
    Case(
      name: "UTM to Web Mercator", source: "smooth(3, 100, 110, np.uint8, 0, 255)",
      extent: "(320000, 7390000, 331000, 7400000)", reference: "EPSG:31985", target: 3857),
    Case(
      name: "floats, Web Mercator to degrees", source: "smooth(1, 90, 100, np.float32, -50, 4800)",
      extent: "(-1000000, 4000000, 2000000, 8000000)", reference: "EPSG:3857", target: 4326, range: 4850),
    Case(
      name: "four bands of 16 bits, Web Mercator to Lambert",
      source: "smooth(4, 70, 90, np.uint16, 0, 65535, noise=0.1)",
      extent: "(-13000000, 3500000, -8000000, 6500000)", reference: "EPSG:3857", target: 102009, range: 65535),
    Case(
      name: "signed 16 bits, two bands, Lambert to degrees", source: "smooth(2, 60, 70, np.int16, -3000, 3000)",
      extent: "(-2000000, -1500000, 2000000, 1500000)", reference: "ESRI:102009", target: 4326, range: 6000),
    Case(
      name: "doubles, polar to Web Mercator", source: "smooth(1, 60, 60, np.float64, 0, 1)",
      extent: "(-2000000, -2000000, 2000000, 2000000)", reference: "EPSG:3413", target: 3857, range: 1, windows: 6),
    Case(
      name: "32-bit integers, same reference", source: "smooth(1, 50, 60, np.int32, -2000000000, 2000000000)",
      extent: "(0, 0, 60, 50)", reference: "EPSG:3035", target: 3035, range: 4e9),
  ]

  @Test("nearest is identical, bilinear and cubic are within a level or 1e-4 of the range", arguments: cases)
  func kernels(_ example: Case) throws {
    let workshop = try Workshop()
    let target = try SpatialReference(wkid: example.target)
    try workshop.python(
      """
      a = \(example.source)
      extent = \(example.extent)
      write('a.tif', a, extent, '\(example.reference)')
      target = '\(target.definition)'
      whole = gdal.Warp('', 'a.tif', format='VRT', dstSRS=target)
      g = whole.GetGeoTransform()
      x0, y1 = g[0], g[3]
      x1, y0 = x0 + g[1] * whole.RasterXSize, y1 + g[5] * whole.RasterYSize
      lines = []
      for i in range(\(example.windows)):
          if i == 0:
              part, size = (x0, y0, x1, y1), (61, 47)
          else:
              w = (x1 - x0) * random.choice([0.07, 0.3, 0.6, 1.2])
              h = (y1 - y0) * random.choice([0.07, 0.3, 0.6, 1.2])
              x = random.uniform(x0 - w / 4, x1 - 3 * w / 4)
              y = random.uniform(y0 - h / 4, y1 - 3 * h / 4)
              if target == 'EPSG:3857':
                  # Beyond 180 degrees gdalwarp goes round the Earth once more.
                  w = min(w, 20037508 * 2)
                  x = max(-20037508, min(x, 20037508 - w))
              part, size = (x, y, x + w, y + h), (random.randint(20, 70), random.randint(20, 70))
          lines.append(' '.join(map(repr, part + size)))
          for how in ('near', 'bilinear', 'cubic'):
              warp('a.tif', '%s%d.raw' % (how, i), part, size, target, how)
      open('windows.txt', 'w').write('\\n'.join(lines))
      """)
    let type = try workshop.open("a.tif").info.pixelType
    var common = 0
    for (index, line) in try workshop.lines("windows.txt").enumerated() {
      let edges = line.prefix(4).compactMap(Double.init)
      let sizes = line.suffix(2).compactMap(Int.init)
      let extent = Envelope(xmin: edges[0], ymin: edges[1], xmax: edges[2], ymax: edges[3])
      for (method, name) in [(Resampling.nearest, "near"), (.bilinear, "bilinear"), (.cubic, "cubic")] {
        let block = try workshop.draw("a.tif", extent, sizes[0], sizes[1], target, method)
        let difference = Difference(block, try workshop.numbers("\(name)\(index).raw"))
        common += difference.common
        #expect(difference.outline == 0, "\(name) of window \(line)")
        if method == .nearest {
          #expect(difference.samples == 0, "\(name) of window \(line)")
        } else {
          let allowed = type.isFloatingPoint ? example.range * 1e-4 : max(1, example.range * 1e-4)
          #expect(difference.greatest <= allowed, "\(name) of window \(line)")
        }
      }
    }
    #expect(common > 500 * example.windows, "the windows show the raster")
  }

  @Test(
    "nearest is identical however close centres come to the edges of pixels", arguments: [54030, 3995, 3857, 102009])
  func edges(target wkid: Int) throws {
    let workshop = try Workshop()
    let target = try SpatialReference(wkid: wkid)
    // Noise, so that no two neighbours are alike, and a world in a picture of half its size: half a pixel off is seen.
    try workshop.python(
      """
      a = np.random.default_rng(\(wkid)).integers(0, 65536, (1, 600, 1200)).astype(np.uint16)
      write('a.tif', a, (-180, 0, 180, 85), 'EPSG:4326')
      parts = {54030: (-9e6, 1e6, 9e6, 8e6), 3995: (-6e6, -6e6, 6e6, 6e6), 3857: (-2e7, 1e6, 2e7, 1.5e7),
        102009: (-5e6, -3e6, 5e6, 5e6)}
      part = parts[\(wkid)]
      warp('a.tif', 'near.raw', part, (400, 400), '\(target.definition)', 'near')
      open('window.txt', 'w').write(' '.join(map(repr, part)))
      """)
    let edges = try #require(try workshop.lines("window.txt").first).compactMap(Double.init)
    let extent = Envelope(xmin: edges[0], ymin: edges[1], xmax: edges[2], ymax: edges[3])
    let block = try workshop.draw("a.tif", extent, 400, 400, target, .nearest)
    let difference = Difference(block, try workshop.numbers("near.raw"))
    #expect(difference.common > 80_000)
    #expect(difference.samples == 0 && difference.outline == 0)
  }
}
