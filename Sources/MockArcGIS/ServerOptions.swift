import ArcGIS
import Worlds

/// How a server is started.
public struct ServerOptions: Sendable {
  /// The folder of rasters to serve.
  public var dataFolder: String
  /// A numeric address or a name to listen on.
  public var host = "127.0.0.1"
  /// The port; 0 takes a free one.
  public var port: UInt16 = 0
  /// The first part of every path.
  public var context = "arcgis"
  /// Where catalog and outputs live on after a stop; `nil` keeps them in a temporary folder that goes with the server.
  public var stateFolder: String?
  /// What addresses in answers begin with; `nil` takes it from each request.
  public var publicURL: String?
  /// Where browsers load `maplibre-gl.js` and `maplibre-gl.css` from, which draw the maps on pages of vector tile services.
  public var mapLibrary = Site.standardMapLibrary
  /// The release of ArcGIS Server that the default world plays.
  public var version = ServerVersion.standard
  /// Whether `/mock/…` answers.
  public var hasControl = true

  /// Options for a data folder; a free port of the local host.
  public init(dataFolder: String) { self.dataFolder = dataFolder }
}
