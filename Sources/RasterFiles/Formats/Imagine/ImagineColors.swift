/// The colours of a band's values, as a table with a column of fractions for each channel.
struct ImagineColors {
  let colors: [SIMD4<UInt8>]

  /// The table.
  var entry: ImagineEntry {
    let channels: [(String, WritableKeyPath<SIMD4<UInt8>, UInt8>)] = [
      ("Red", \.x), ("Green", \.y), ("Blue", \.z), ("Opacity", \.w),
    ]
    return ImagineEntry(
      name: "Descriptor_Table", type: "Edsc_Table", children: [bins] + channels.map { column($0.0, of: $0.1) }
    ) {
      $0.append(long: colors.count)
    }
  }

  /// Says that a row of the table belongs to the value that is its number.
  private var bins: ImagineEntry {
    ImagineEntry(name: "#Bin_Function#", type: "Edsc_BinFunction") {
      let direct = 0
      $0.append(long: colors.count)
      $0.append(short: direct)
      $0.append(double: 0)
      $0.append(double: Double(colors.count - 1))
      $0.append(long: 0)
      $0.append(long: 0)
    }
  }

  private func column(_ name: String, of channel: KeyPath<SIMD4<UInt8>, UInt8>) -> ImagineEntry {
    ImagineEntry(name: name, type: "Edsc_Column") {
      let real = 1
      let headBytes = 14
      $0.append(long: colors.count)
      $0.append(long: $0.offset + headBytes)
      $0.append(short: real)
      $0.append(long: 0)
      for color in colors { $0.append(double: Double(color[keyPath: channel]) / 255) }
    }
  }
}
