/// One file beside a raster's own.
enum SideFile: Sendable, Hashable {
  /// What Esri's raw formats consist of (`.hdr`).
  case esriHeader
  /// What ENVI's raw format consists of (`.hdr`).
  case enviHeader
  /// Corner and pixel size, in a world file of that extension.
  case world(String)
  /// The spatial reference (`.prj`).
  case projection
  /// The colours of a single band's values (`.clr`), where there are any.
  case colors
  /// GDAL's and Esri's metadata (`.aux.xml`), where there is something to say.
  case metadata(AuxiliaryMetadata.Content)
}
