import Files

extension RasterFileError: SystemFailure {}

/// A file that is being written, under a temporary name until it is whole.
typealias OutputFile = Files.OutputFile<RasterFileError>
