import CLinux
import Glibc

/// An answer that the socket has not taken whole.
struct Outgoing {
  enum Progress {
    case done
    /// The socket is full.
    case blocked
    /// Enough for one turn; others want theirs.
    case paused
    /// The next piece of the stream has to be made.
    case pull(BodyStream)
    case failed
  }

  /// A run of bytes that comes before the pieces: the head, or one piece of a stream in its framing.
  private var prefix: [UInt8]
  private var prefixSent: Int
  private var pieces: [Response.Piece]
  private var pieceIndex = 0
  private var pieceSent = 0
  private var stream: BodyStream?
  private let isChunked: Bool
  private var streamLeft: Int?
  /// The bytes that the socket has taken since this was made.
  private(set) var sent = 0

  init(prefix: [UInt8], pieces: [Response.Piece]) {
    self.prefix = prefix
    self.pieces = pieces
    prefixSent = 0
    isChunked = false
  }

  init(prefix: [UInt8], stream: BodyStream, isChunked: Bool) {
    self.init(prefix: prefix, pieces: [], stream: stream, isChunked: isChunked)
  }

  private init(prefix: [UInt8], pieces: [Response.Piece], stream: BodyStream, isChunked: Bool) {
    self.prefix = prefix
    self.pieces = pieces
    prefixSent = 0
    self.stream = stream
    self.isChunked = isChunked
    streamLeft = stream.count
  }

  /// Counts bytes that were sent before this was made.
  mutating func skip(_ count: Int) {
    prefixSent = min(count, prefix.count)
    pieceSent = count - prefixSent
  }

  /// Writes what the socket takes, some MiB at most.
  mutating func write(to descriptor: Int32) -> Progress {
    var allowance = 4 << 20
    while allowance > 0 {
      let wanted: Int
      let taken: Int
      if prefixSent < prefix.count || pieceIndex < pieces.count, case .bytes(let bytes)? = currentPiece {
        wanted = prefix.count - prefixSent + bytes.count - pieceSent
        taken = send(bytes, from: pieceSent, to: descriptor)
      } else if prefixSent < prefix.count {
        wanted = prefix.count - prefixSent
        taken = send([], from: 0, to: descriptor)
      } else if case .file(let region)? = currentPiece {
        wanted = region.count - pieceSent
        var offset = off_t(region.offset + pieceSent)
        taken = wanted == 0 ? 0 : sendfile(descriptor, region.file.descriptor, &offset, min(wanted, 1 << 20))
        // The file has become shorter than was promised.
        if taken == 0, wanted > 0 { return .failed }
      } else if let stream {
        return .pull(stream)
      } else {
        return .done
      }
      if taken < 0 {
        if errno == EINTR { continue }
        return errno == EAGAIN ? .blocked : .failed
      }
      advance(taken)
      sent += taken
      allowance -= taken
    }
    return .paused
  }

  /// Takes the next piece of the stream. False when the stream breaks its promise or gives up.
  mutating func take(_ step: BodyStream.Step) -> Bool {
    switch step {
    case .wait: return true
    case .cut: return false
    case .bytes(let bytes):
      guard !bytes.isEmpty else { return true }
      if let left = streamLeft {
        guard bytes.count <= left else { return false }
        streamLeft = left - bytes.count
      }
      prefixSent = 0
      if isChunked {
        prefix = Array("\(String(bytes.count, radix: 16))\r\n".utf8)
        prefix.append(contentsOf: bytes)
        prefix.append(contentsOf: "\r\n".utf8)
      } else {
        prefix = bytes
      }
      return true
    case .end:
      stream = nil
      prefixSent = 0
      prefix = isChunked ? Array("0\r\n\r\n".utf8) : []
      return streamLeft ?? 0 == 0
    }
  }

  private var currentPiece: Response.Piece? { pieceIndex < pieces.count ? pieces[pieceIndex] : nil }

  private func send(_ bytes: [UInt8], from start: Int, to descriptor: Int32) -> Int {
    let more: Int32 = pieceIndex + (bytes.isEmpty ? 0 : 1) < pieces.count ? 1 : 0
    return prefix.withUnsafeBytes { prefix in
      bytes.withUnsafeBytes { bytes in
        linux_send(
          descriptor, prefix.baseAddress.map { $0 + prefixSent }, prefix.count - prefixSent,
          bytes.baseAddress.map { $0 + start }, bytes.count - start, more)
      }
    }
  }

  private mutating func advance(_ count: Int) {
    let ofPrefix = min(count, prefix.count - prefixSent)
    prefixSent += ofPrefix
    pieceSent += count - ofPrefix
    while prefixSent == prefix.count, let piece = currentPiece, pieceSent >= piece.count {
      pieceSent -= piece.count
      pieceIndex += 1
    }
  }
}
