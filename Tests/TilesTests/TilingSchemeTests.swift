import Spatial
import Testing

@testable import Tiles

@Suite("Tiling schemes") struct TilingSchemeTests {
  @Test("the tiles of Usa.tpkx are those whose cells meet its extent") func usa() {
    // fullExtent of its root.json, and the tiles counted in its bundles.
    let extent = Envelope(
      xmin: -19839092.300098713, ymin: 2146082.1892188587, xmax: -7454985.150524516, ymax: 11542624.896685526)
    let counts = (0...5).map { TilingScheme.webMercator.tiles(of: $0, meeting: extent).count }
    #expect(counts == [1, 1, 4, 9, 30, 99])
  }

  @Test("the grid of Web Mercator has as many rows and columns as a power of two, at every level")
  func grid() {
    for level in 0...23 {
      let size = TilingScheme.webMercator.gridSize(of: level)
      #expect(size.rows == 1 << level && size.columns == 1 << level)
    }
  }
}
