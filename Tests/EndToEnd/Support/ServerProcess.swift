import Foundation
import Locking

/// A running server: the built program on a free port.
final class ServerProcess: Sendable {
  /// The server of the suite that runs.
  @TaskLocal static var current: ServerProcess?

  /// Where it listens.
  let port: UInt16
  /// The line that it printed when it was ready.
  let readyLine: String
  private let process: Locked<Process>
  private let folder: TemporaryFolder

  /// Starts `mock-arcgis serve` and waits until it says that it is ready.
  init(
    _ dataFolder: String? = nil, options: [String] = [], environment: [String: String] = [:], port: UInt16? = 0
  ) throws {
    folder = try TemporaryFolder()
    try folder.write("", to: "log")
    let process = Program.process(
      ["serve"] + (dataFolder.map { [$0] } ?? []) + (port.map { ["--port", "\($0)"] } ?? []) + options,
      environment: environment)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: folder.path("log"))
    try process.run()
    var line: [UInt8] = []
    while line.last != UInt8(ascii: "\n") {
      guard let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty else { break }
      line += byte
    }
    readyLine = String(decoding: line.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    self.process = Locked(process)
    guard let address = readyLine.split(separator: " ").last.flatMap({ URL(string: String($0)) }) else {
      process.waitUntilExit()
      throw ServerFailure(reason: "not ready: \(readyLine) \(try Self.text(folder.path("log")))")
    }
    self.port = port.flatMap { $0 == 0 ? nil : $0 } ?? UInt16(exactly: address.port ?? 0) ?? 0
  }

  /// What it wrote to standard error so far.
  var log: String { (try? Self.text(folder.path("log"))) ?? "" }

  /// Whether it still runs.
  var isRunning: Bool { process.withLock { $0.isRunning } }

  /// Limits the size of files that it writes, in bytes, as a full disk does; `nil` takes the limit away.
  func limitFiles(to bytes: Int?) throws {
    let limiter = Process()
    limiter.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
    limiter.arguments = [
      "--pid", "\(process.withLock { $0.processIdentifier })",
      "--fsize=\(bytes.map(String.init) ?? "unlimited"):unlimited",
    ]
    try limiter.run()
    limiter.waitUntilExit()
    guard limiter.terminationStatus == 0 else { throw ServerFailure(reason: "prlimit failed") }
  }

  /// Sends a signal.
  func signal(_ number: Int32) { process.withLock { _ = kill($0.processIdentifier, number) } }

  /// Waits for the end, 30 seconds at most, and gives the exit status; 256 and the signal where one ended it.
  func wait() -> Int32 {
    for _ in 0..<6000 where isRunning { usleep(5_000) }
    if isRunning { signal(SIGKILL) }
    while isRunning { usleep(5_000) }
    return process.withLock { $0.terminationReason == .exit ? $0.terminationStatus : 256 + $0.terminationStatus }
  }

  /// Stops it as a person or a container does.
  func stop() throws {
    guard isRunning else { throw ServerFailure(reason: "ended by itself with \(wait()): \(log)") }
    signal(SIGTERM)
    let status = wait()
    guard status == 0 else { throw ServerFailure(reason: "exit status \(status): \(log)") }
  }

  deinit {
    process.withLock { process in
      guard process.isRunning else { return }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
  }

  private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
}

/// Why there is no server.
struct ServerFailure: Error {
  var reason: String
}
