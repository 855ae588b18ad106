extension GDAL.Raster {
  /// Red, green, blue and alpha of a pixel of an 8-bit picture, through its colour table if it has one.
  func color(at pixel: Int) -> [Double] {
    let samples = values.map { $0[pixel] }
    if let colors { return colors[Int(samples[0])].map(Double.init) }
    switch samples.count {
    case 1: return [samples[0], samples[0], samples[0], 255]
    case 2: return [samples[0], samples[0], samples[0], samples[1]]
    case 3: return samples + [255]
    default: return samples
    }
  }
}
