import Foundation
import Locking

/// GDAL and numpy as the independent tools, in one Python process for all tests: they make rasters and say what
/// pictures of them have to look like.
final class GDAL: Sendable {
  static let shared = GDAL()

  private struct Worker {
    let process: Process
    let input: FileHandle
    let output: FileHandle
  }

  private let worker = Locked<Worker?>(nil)

  private init() {
    // A write to a process that has ended is an error, not the end of the tests.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Runs a script, which has the names of `prelude`, in a folder.
  /// - Returns: what the script gave with `give(array, valid)`, in order.
  @discardableResult
  func run(_ script: String, in folder: TemporaryFolder) throws -> [Picture] {
    try worker.withLock { worker in
      let running = try worker ?? Self.start()
      worker = running
      let bytes = Array("os.chdir('\(folder.path)')\n\(script)".utf8)
      try running.input.write(contentsOf: Data("\(bytes.count)\n".utf8) + Data(bytes))
      let answer = try Self.line(running.output).split(separator: " ")
      guard answer.count == 2, let count = Int(answer[1]) else { throw GDALFailure(message: "no answer") }
      guard answer[0] == "OK" else {
        throw GDALFailure(message: String(decoding: try Self.bytes(count, running.output), as: UTF8.self))
      }
      return try (0..<count).map { _ in
        let shape = try Self.line(running.output).split(separator: " ").compactMap { Int($0) }
        let size = shape.reduce(1, *)
        let samples = try Self.bytes(size * 8, running.output)
        let mask = try Self.bytes(size, running.output)
        return Picture(
          width: shape[1], height: shape[0], bands: shape[2],
          samples: samples.withUnsafeBytes { Array($0.bindMemory(to: Double.self)) }, isData: mask.map { $0 != 0 })
      }
    }
  }

  /// The pixels of a file in any format that GDAL reads, with what GDAL takes for no data.
  func read(_ bytes: [UInt8]) throws -> Picture {
    let folder = try TemporaryFolder()
    try folder.write(bytes, to: "picture")
    return try run("give(*pixels('picture'))", in: folder)[0]
  }

  /// The colours of a picture in any format that GDAL reads, and where they show.
  func colors(_ bytes: [UInt8]) throws -> Picture {
    let folder = try TemporaryFolder()
    try folder.write(bytes, to: "picture")
    return try run("give(*colors('picture'))", in: folder)[0]
  }

  private static func start() throws -> Worker {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
    process.arguments = ["-c", prelude]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    return Worker(
      process: process, input: input.fileHandleForWriting, output: output.fileHandleForReading)
  }

  private static func bytes(_ count: Int, _ handle: FileHandle) throws -> [UInt8] {
    var all = Data()
    while all.count < count {
      guard let part = try handle.read(upToCount: count - all.count), !part.isEmpty else {
        throw GDALFailure(message: "Python ended")
      }
      all += part
    }
    return Array(all)
  }

  private static func line(_ handle: FileHandle) throws -> String {
    var line: [UInt8] = []
    while true {
      let byte = try bytes(1, handle)
      if byte[0] == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line += byte
    }
  }
}

/// What went wrong in Python.
struct GDALFailure: Error, CustomStringConvertible {
  var message: String
  var description: String { message }
}
