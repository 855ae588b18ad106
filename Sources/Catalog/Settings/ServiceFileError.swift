/// Why a `service.json` can't be used: the member and what it has to be.
struct ServiceFileError: Error, Hashable {
  /// One sentence for the owner of the file.
  let reason: String
}
