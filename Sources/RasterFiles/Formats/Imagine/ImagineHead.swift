import Codecs
import Pixels

/// Everything of an Imagine file but its blocks.
struct ImagineHead {
  let layout: RasterLayout
  let grid: ImagineGrid
  /// The name of the file that holds the blocks; `nil` where they follow the head.
  let spillName: String?

  private static let fileHeaderOffset = 20
  private static let dictionaryOffset = 38

  /// The bytes of the head, and where its block table lies within them.
  func bytes() -> [UInt8] {
    // The tree is as long wherever the blocks begin.
    let start = prefix.count + tree(dataOffset: 0).byteCount
    var file = prefix
    tree(dataOffset: start).write(to: &file)
    return file
  }

  /// What precedes the tree: the file's header and the data dictionaries.
  private var prefix: [UInt8] {
    let dictionary = Array(ImagineDictionary.text.utf8) + [0]
    let samples = Array(ImagineDictionary.samples(layout.pixelType.imagineCode).utf8) + [0]
    var file = Array("EHFA_HEADER_TAG".utf8) + [0]
    file.append(littleEndian: UInt32(Self.fileHeaderOffset))
    file.append(littleEndian: UInt32(1))
    file.append(littleEndian: UInt32(0))
    file.append(littleEndian: UInt32(Self.dictionaryOffset + dictionary.count + samples.count))
    file.append(littleEndian: UInt16(ImagineEntry.headBytes))
    file.append(littleEndian: UInt32(Self.dictionaryOffset))
    return file + dictionary + samples
  }

  private var samplesOffset: Int { Self.dictionaryOffset + ImagineDictionary.text.utf8.count + 1 }

  private func tree(dataOffset: Int) -> ImagineEntry {
    let format = ImagineEntry(name: "IMGFormatInfo", type: "ImgFormatInfo831") {
      $0.append(long: spillName == nil ? grid.byteCount : 0)
    }
    return ImagineEntry(
      name: "root", type: "root", children: [format] + (0..<layout.bands).map { layer($0, dataOffset: dataOffset) })
  }

  private func layer(_ band: Int, dataOffset: Int) -> ImagineEntry {
    var children = [
      spillName.map { spilled(band, to: $0) } ?? table(band, dataOffset: dataOffset),
      ImagineEntry(name: "Ehfa_Layer", type: "Ehfa_Layer") {
        $0.append(short: 0)
        $0.append(long: samplesOffset)
      },
    ]
    if band < layout.noData.count, let value = layout.noData[band] {
      children.append(
        ImagineEntry(name: "Eimg_NonInitializedValue", type: "Eimg_NonInitializedValue") {
          let float64 = 10
          $0.append(count: 1)
          for count in [1, 1] { $0.append(long: count) }
          for code in [float64, 0] { $0.append(short: code) }
          $0.append(double: value)
        })
    }
    if let colors { children.append(ImagineColors(colors: colors).entry) }
    return ImagineEntry(
      name: "Layer_\(band + 1)", type: "Eimg_Layer", children: children + ImaginePlace(layout: layout).entries
    ) {
      let (thematic, athematic) = (0, 1)
      for size in [layout.width, layout.height] { $0.append(long: size) }
      $0.append(short: colors == nil ? athematic : thematic)
      $0.append(short: layout.pixelType.imagineNumber)
      for size in [ImagineGrid.side, ImagineGrid.side] { $0.append(long: size) }
    }
  }

  private var colors: [SIMD4<UInt8>]? {
    guard layout.bands == 1, !layout.pixelType.isFloatingPoint, let colors = layout.colormap, !colors.isEmpty else {
      return nil
    }
    return colors
  }

  /// Where each block lies in this file.
  private func table(_ band: Int, dataOffset: Int) -> ImagineEntry {
    ImagineEntry(name: "RasterDMS", type: "Edms_State") {
      let blocks = grid.columns * grid.rows
      let blockPixels = ImagineGrid.side * ImagineGrid.side
      $0.append(long: blocks)
      $0.append(long: blockPixels)
      $0.append(long: blocks * blockPixels)
      $0.append(short: 0)
      $0.append(count: blocks)
      for row in 0..<grid.rows {
        for column in 0..<grid.columns {
          let (isValid, uncompressed) = (1, 0)
          $0.append(short: 0)
          $0.append(long: dataOffset + grid.offset(row: row, column: column, band: band))
          $0.append(long: grid.blockBytes)
          $0.append(short: isValid)
          $0.append(short: uncompressed)
        }
      }
      $0.append(count: 0)
      $0.append(long: 0)
    }
  }

  /// Where the blocks lie in another file.
  private func spilled(_ band: Int, to name: String) -> ImagineEntry {
    let spill = ImagineSpill(grid: grid)
    return ImagineEntry(name: "ExternalRasterDMS", type: "ImgExternalRaster") {
      $0.append(text: name)
      $0.append(offset: spill.flagsOffset)
      $0.append(offset: spill.dataOffset)
      $0.append(long: grid.bands)
      $0.append(long: band)
    }
  }
}

extension PixelType {
  /// The number of a band's type in `Eimg_Layer`.
  fileprivate var imagineNumber: Int {
    switch self {
    case .u1: 0
    case .u2: 1
    case .u4: 2
    case .u8: 3
    case .s8: 4
    case .u16: 5
    case .s16: 6
    case .u32: 7
    case .s32: 8
    case .f32: 9
    case .f64: 10
    }
  }

  /// The letter of the type in a data dictionary.
  fileprivate var imagineCode: Character {
    switch self {
    case .u1: "1"
    case .u2: "2"
    case .u4: "4"
    case .u8: "c"
    case .s8: "C"
    case .u16: "s"
    case .s16: "S"
    case .u32: "L"
    case .s32: "l"
    case .f32: "f"
    case .f64: "d"
    }
  }
}
