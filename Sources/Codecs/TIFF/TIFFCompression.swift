/// The codes of the Compression field.
package enum TIFFCompression: UInt16 {
  case none = 1
  case jpeg = 7
  case deflate = 8
}
