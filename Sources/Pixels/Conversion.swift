extension PixelBlock {
  /// The block with its samples in another pixel type.
  ///
  /// Values outside the range of the type are held at its ends, nothing is scaled (REST API, parameter `pixelType`).
  /// Fractions are rounded half away from zero for integers. Samples that are not numbers become no data in integers.
  public func converted(to type: PixelType) -> PixelBlock {
    guard type != pixelType else { return self }
    if type.stride == 1, pixelType.stride == 1, type != .s8, pixelType != .s8, type.bits > pixelType.bits {
      return PixelBlock(
        width: width, height: height, bands: bands, pixelType: type, samples: samples, validity: validity)
    }
    return switch pixelType {
    case .u1, .u2, .u4, .u8: fromIntegers(UInt8.self, to: type)
    case .s8: fromIntegers(Int8.self, to: type)
    case .u16: fromIntegers(UInt16.self, to: type)
    case .s16: fromIntegers(Int16.self, to: type)
    case .u32: fromIntegers(UInt32.self, to: type)
    case .s32: fromIntegers(Int32.self, to: type)
    case .f32: fromReals(Float.self, to: type)
    case .f64: fromReals(Double.self, to: type)
    }
  }

  /// The validity with samples that are not numbers taken out.
  public var validityWithoutNaN: Validity {
    switch pixelType {
    case .f32: withoutNaN(Float.self)
    case .f64: withoutNaN(Double.self)
    default: validity
    }
  }

  private func fromIntegers<S: Sample & FixedWidthInteger>(_: S.Type, to type: PixelType) -> PixelBlock {
    switch type {
    case .u1, .u2, .u4:
      let most = UInt8(type.range.upperBound)
      return mapped(to: type) { (value: S) in min(UInt8(clamping: value), most) }
    case .u8: return mapped(to: type) { (value: S) in UInt8(clamping: value) }
    case .s8: return mapped(to: type) { (value: S) in Int8(clamping: value) }
    case .u16: return mapped(to: type) { (value: S) in UInt16(clamping: value) }
    case .s16: return mapped(to: type) { (value: S) in Int16(clamping: value) }
    case .u32: return mapped(to: type) { (value: S) in UInt32(clamping: value) }
    case .s32: return mapped(to: type) { (value: S) in Int32(clamping: value) }
    case .f32: return mapped(to: type) { (value: S) in Float(value) }
    case .f64: return mapped(to: type) { (value: S) in Double(value) }
    }
  }

  private func fromReals<S: Sample & BinaryFloatingPoint>(_: S.Type, to type: PixelType) -> PixelBlock {
    switch type {
    case .u1, .u2, .u4:
      let most = UInt8(type.range.upperBound)
      return mapped(to: type) { (value: S) in min(UInt8(clamping: value.asDouble), most) }
    case .u8: return mapped(to: type) { (value: S) in UInt8(clamping: value.asDouble) }
    case .s8: return mapped(to: type) { (value: S) in Int8(clamping: value.asDouble) }
    case .u16: return mapped(to: type) { (value: S) in UInt16(clamping: value.asDouble) }
    case .s16: return mapped(to: type) { (value: S) in Int16(clamping: value.asDouble) }
    case .u32: return mapped(to: type) { (value: S) in UInt32(clamping: value.asDouble) }
    case .s32: return mapped(to: type) { (value: S) in Int32(clamping: value.asDouble) }
    case .f32: return mapped(to: type) { (value: S) in Float(clamping: value.asDouble) }
    case .f64: return mapped(to: type) { (value: S) in Double(value) }
    }
  }

  @inline(__always)
  private func mapped<S: Sample, D: Sample>(to type: PixelType, _ convert: (S) -> D) -> PixelBlock {
    let bytes = withSamples(as: S.self) { source in
      [UInt8](unsafeUninitializedCapacity: source.count * MemoryLayout<D>.stride) { raw, count in
        raw.withMemoryRebound(to: D.self) { out in
          for index in 0..<source.count { out[index] = convert(source[index]) }
        }
        count = raw.count
      }
    }
    return PixelBlock(
      width: width, height: height, bands: bands, pixelType: type, samples: bytes,
      validity: type.isFloatingPoint ? validity : validityWithoutNaN)
  }

  private func withoutNaN<S: Sample & BinaryFloatingPoint>(_: S.Type) -> Validity {
    if case .none = validity { return .none }
    return withSamples(as: S.self) { values in
      guard values.contains(where: { $0.isNaN }) else { return validity }
      var mask: [UInt8]
      switch validity {
      case .all, .none: mask = [UInt8](repeating: 255, count: values.count)
      case .samples(let given): mask = given
      case .pixels(let given):
        mask = [UInt8](repeating: 0, count: values.count)
        for index in values.indices { mask[index] = given[index / bands] }
      }
      for index in values.indices where values[index].isNaN { mask[index] = 0 }
      return bands == 1 ? .pixels(mask) : .samples(mask)
    }
  }
}
