import Worlds

/// Every operation that is served. A new one is a file with its declaration, and a line here.
public enum Operations {
  /// All operations; more special paths come before more general ones.
  public static let all: [Operation] =
    [
      ServerRoot.context, ServerRoot.rest, ServerInfo.operation, ServicesDirectory.root, ServicesDirectory.folder,
      OutputDirectory.operation,
      ServiceRoot.operation, ExportImage.operation, KeyProperties.operation, RasterFunctionInfos.operation,
      ServiceStatistics.operation, ServiceHistograms.operation, ServiceColormap.operation,
      Query.operation, CatalogItem.operation, CatalogItemInfo.operation, CatalogItemImage.operation,
      CatalogItemThumbnail.operation, CatalogItemThumbnail.ofInfo, CatalogItemMetadata.operation,
      TileResource.operation, TileMapResource.operation, ExportTiles.operation, ExportTiles.submitJob,
      EstimateExportTilesSize.operation, EstimateExportTilesSize.submitJob,
      CatalogItemKeyProperties.operation, CatalogItemHistograms.operation, CatalogItemImageCoordinates.system,
      CatalogItemImageCoordinates.pixels, Download.operation, RasterFileResource.operation,
      VectorServiceRoot.operation, VectorTileResource.operation, VectorTileMap.index, VectorTileMap.window,
    ] + VectorResourceFiles.operations + ExportVectorTiles.operations
    + TileExportJobs.resources(.imageService, type: .image, since: ServerVersion(10, 2, 1))
    + GeoprocessingService.all.flatMap(\.operations)

  /// The capabilities that an operation stands behind: a service offers none that would be an empty promise.
  static let capabilities = Set(all.compactMap(\.capability))
}
