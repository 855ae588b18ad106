import JSONValue
import Spatial

/// What an operation gives; how it becomes bytes is the concern of `AnswerWriter` alone.
enum Answer: Sendable {
  /// A JSON value; with `f=html` a page about it.
  case json(JSON, page: PageContent = PageContent())
  /// Bytes, with the name under which a browser should save them.
  case bytes([UInt8], type: String, name: String? = nil)
  /// Bytes that stay the same as long as the data does: tiles.
  case tile([UInt8], type: String)
  /// The same, compressed by gzip.
  case compressedTile([UInt8], type: String)
  /// A file of an output directory.
  case file(path: String, type: String, name: String?)
  /// Another address.
  case redirect(String)
}

/// What a page of the Services Directory shows besides the members of the JSON value.
struct PageContent: Sendable {
  /// The address of a picture.
  var picture: String?
  /// A map to move about in.
  var map: MapPreview?
  /// Links under headings.
  var lists: [LinkList] = []
  /// Rows under headed columns.
  var tables: [Table] = []
  /// Whether the members of the JSON value are listed; not where the links tell all of it.
  var showsMembers = true

  /// Rows of as many cells as there are columns.
  struct Table: Sendable {
    var columns: [String]
    var rows: [[Cell]]
  }

  /// A text, and where it leads.
  struct Cell: Sendable {
    var text: String
    var address: String?
  }

  /// Links under a heading.
  struct LinkList: Sendable {
    var heading: String
    var links: [Link]
  }

  /// A link, what stands behind it, and a remark.
  struct Link: Sendable {
    var text: String
    var address: String
    var suffix = ""
    var note = ""
  }
}

/// A map of vector tiles on a page: drawn in the browser by MapLibre GL, which is loaded from an address that is a setting.
struct MapPreview: Sendable {
  /// The path of the style.
  var style: String
  /// What to show at first, in longitudes and latitudes.
  var extent: Envelope
  /// The last level that has tiles.
  var maxzoom: Int
}
