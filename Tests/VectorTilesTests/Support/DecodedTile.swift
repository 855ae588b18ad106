import Foundation

/// A vector tile taken apart byte by byte after the specification, which lists what is wrong as an error.
struct DecodedTile {
  enum Value: Equatable {
    case string(String)
    case float(Float)
    case double(Double)
    case unsigned(UInt64)
    case signed(Int64)
    case bool(Bool)
  }

  struct Feature {
    var id: UInt64?
    var type = 0
    var properties: [String: Value] = [:]
    /// Parts: of points one for all; rings without their first point again.
    var parts: [[[Int]]] = []

    /// Twice the area of each ring by the surveyor's formula.
    var doubledAreas: [Int] {
      parts.map { ring in
        zip(ring, ring.dropFirst() + ring.prefix(1)).reduce(0) { $0 + $1.0[0] * $1.1[1] - $1.1[0] * $1.0[1] }
      }
    }
  }

  struct Layer {
    var name = ""
    var version: UInt64 = 0
    var extent: UInt64 = 0
    var keys: [String] = []
    var values: [Value] = []
    var features: [Feature] = []
  }

  struct Failure: Error { let message: String }

  var layers: [Layer] = []

  init(_ bytes: [UInt8]) throws {
    for (field, content) in try Self.fields(bytes[...]) {
      guard field == 3, case .bytes(let bytes) = content else { throw Failure(message: "field \(field) of a tile") }
      layers.append(try Self.layer(bytes))
    }
  }

  private enum Content {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  private static func varint(_ bytes: inout ArraySlice<UInt8>) throws -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while let byte = bytes.popFirst() {
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw Failure(message: "a varint has no end")
  }

  private static func fields(_ bytes: ArraySlice<UInt8>) throws -> [(Int, Content)] {
    var rest = bytes
    var out: [(Int, Content)] = []
    while !rest.isEmpty {
      let tag = try varint(&rest)
      switch tag & 7 {
      case 0: out.append((Int(tag >> 3), .number(try varint(&rest))))
      case 1, 5:
        let count = tag & 7 == 1 ? 8 : 4
        out.append((Int(tag >> 3), .bytes(rest.prefix(count))))
        rest = rest.dropFirst(count)
      case 2:
        let count = Int(try varint(&rest))
        guard count <= rest.count else { throw Failure(message: "a message has no end") }
        out.append((Int(tag >> 3), .bytes(rest.prefix(count))))
        rest = rest.dropFirst(count)
      default: throw Failure(message: "wire type \(tag & 7)")
      }
    }
    return out
  }

  private static func numbers(_ bytes: ArraySlice<UInt8>) throws -> [UInt64] {
    var rest = bytes
    var out: [UInt64] = []
    while !rest.isEmpty { out.append(try varint(&rest)) }
    return out
  }

  private static func zigzag(_ value: UInt64) -> Int { Int(value >> 1) ^ -Int(value & 1) }

  private static func layer(_ bytes: ArraySlice<UInt8>) throws -> Layer {
    var layer = Layer()
    var features: [ArraySlice<UInt8>] = []
    for (field, content) in try fields(bytes) {
      switch (field, content) {
      case (15, .number(let version)): layer.version = version
      case (1, .bytes(let name)): layer.name = String(decoding: name, as: UTF8.self)
      case (2, .bytes(let feature)): features.append(feature)
      case (3, .bytes(let key)): layer.keys.append(String(decoding: key, as: UTF8.self))
      case (4, .bytes(let bytes)): layer.values.append(try value(bytes))
      case (5, .number(let extent)): layer.extent = extent
      default: throw Failure(message: "field \(field) of a layer")
      }
    }
    layer.features = try features.map { try feature($0, layer) }
    return layer
  }

  private static func value(_ bytes: ArraySlice<UInt8>) throws -> Value {
    guard let (field, content) = try fields(bytes).first else { throw Failure(message: "an empty value") }
    switch (field, content) {
    case (1, .bytes(let text)): return .string(String(decoding: text, as: UTF8.self))
    case (2, .bytes(let bytes)):
      return .float(Float(bitPattern: bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) }))
    case (3, .bytes(let bytes)):
      return .double(Double(bitPattern: bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }))
    case (4, .number(let number)): return .signed(Int64(bitPattern: number))
    case (5, .number(let number)): return .unsigned(number)
    case (6, .number(let number)): return .signed(Int64(zigzag(number)))
    case (7, .number(let number)): return .bool(number != 0)
    default: throw Failure(message: "field \(field) of a value")
    }
  }

  private static func feature(_ bytes: ArraySlice<UInt8>, _ layer: Layer) throws -> Feature {
    var feature = Feature()
    for (field, content) in try fields(bytes) {
      switch (field, content) {
      case (1, .number(let id)): feature.id = id
      case (2, .bytes(let tags)):
        let tags = try numbers(tags)
        for pair in stride(from: 0, to: tags.count, by: 2) {
          let key = layer.keys[Int(tags[pair])]
          guard feature.properties[key] == nil else { throw Failure(message: "\(key) comes twice") }
          feature.properties[key] = layer.values[Int(tags[pair + 1])]
        }
      case (3, .number(let type)): feature.type = Int(type)
      case (4, .bytes(let commands)): feature.parts = try parts(numbers(commands), type: feature.type)
      default: throw Failure(message: "field \(field) of a feature")
      }
    }
    return feature
  }

  private static func parts(_ commands: [UInt64], type: Int) throws -> [[[Int]]] {
    var parts: [[[Int]]] = []
    var (x, y) = (0, 0)
    var at = 0
    func points(_ count: Int) -> [[Int]] {
      (0..<count).map { _ in
        x += zigzag(commands[at])
        y += zigzag(commands[at + 1])
        at += 2
        return [x, y]
      }
    }
    while at < commands.count {
      let (command, count) = (commands[at] & 7, Int(commands[at] >> 3))
      at += 1
      switch command {
      case 1:
        guard type == 1 || count == 1 else { throw Failure(message: "MoveTo counts \(count)") }
        parts.append(points(count))
      case 2:
        guard type != 1, count > 0 else { throw Failure(message: "LineTo counts \(count)") }
        parts[parts.count - 1] += points(count)
      case 7:
        guard type == 3, count == 1, parts[parts.count - 1].count > 2 else { throw Failure(message: "ClosePath") }
      default: throw Failure(message: "command \(command)")
      }
    }
    for part in parts where type != 1 {
      guard part.count > 1, !zip(part, part.dropFirst()).contains(where: ==) else {
        throw Failure(message: "a point comes twice")
      }
      if type == 3, part.first == part.last { throw Failure(message: "a ring says its first point twice") }
    }
    return parts
  }
}
