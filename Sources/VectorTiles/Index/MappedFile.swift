import Glibc

/// A file as memory, read by the system when it is looked at.
///
/// Only for files that nobody changes while they bear their name: what a writer renames into place when it is whole.
final class MappedFile {
  /// The bytes; none of an empty file.
  let bytes: UnsafeRawBufferPointer

  /// Opens a file; `nil` when there is none, or it can't be mapped.
  init?(path: String) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0,
      let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED
    else { return nil }
    bytes = UnsafeRawBufferPointer(start: memory, count: Int(status.st_size))
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }
}

// The memory is never written, and lives as long as the object.
extension MappedFile: @unchecked Sendable {}
