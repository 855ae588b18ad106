import Foundation
import JSONValue
import Testing

/// What an export of tiles made.
struct TileExport {
  /// The job as it ended.
  var job: JSON
  /// The listing of the folder that it made.
  var listing: JSON
  /// The files of the folder by name.
  var files: [String: [UInt8]]

  /// The messages of a kind.
  func messages(_ kind: String) -> [String] {
    (job["messages"]?.array ?? []).filter { $0["type"] == .string("esriJobMessageType\(kind)") }
      .compactMap { $0["description"]?.string }
  }
}

extension ServerProcess {
  /// Submits an export and waits for its end.
  func exportJob(_ service: String, _ parameters: Parameters, operation: String = "exportTiles") throws -> JSON {
    let answer = try get("\(service)/\(operation)", parameters + ["f": "json"]).json
    let id = try #require(answer["jobId"]?.string, "\(answer.text())")
    #expect(id.hasSuffix("_et") && answer["jobStatus"] == "esriJobSubmitted")
    return try ended(id, below: service)
  }

  /// A job below a service when it has ended.
  func ended(_ id: String, below service: String) throws -> JSON {
    for _ in 0..<60_000 {
      let job = try get("\(service)/jobs/\(id)", ["f": "json"]).json
      let status = job["jobStatus"]?.string ?? ""
      if ["esriJobSucceeded", "esriJobFailed", "esriJobCancelled", "esriJobTimedOut"].contains(status) { return job }
      usleep(10_000)
    }
    throw GDALFailure(message: "the job \(id) does not end")
  }

  /// Exports tiles, as clients do: job, result, listing, files.
  func exportTiles(_ service: String, _ parameters: Parameters) throws -> TileExport {
    let job = try exportJob(service, parameters)
    try #require(job["jobStatus"] == "esriJobSucceeded", "\(job.text())")
    let id = try #require(job["jobId"]?.string)
    let result = try get("\(service)/jobs/\(id)/results/out_service_url", ["f": "json"]).json
    #expect(result["paramName"] == "out_service_url" && result["dataType"] == "GPString")
    let folder = try #require(result["value"]?.string)
    let listing = try fetch("\(folder)?f=json").json
    var files: [String: [UInt8]] = [:]
    for file in listing["files"]?.array ?? [] {
      files[file["name"]?.string ?? ""] = try fetch(try #require(file["url"]?.string)).body
    }
    return TileExport(job: job, listing: listing, files: files)
  }

  /// The messages of type error of an export that is expected to fail.
  func exportFailure(_ service: String, _ parameters: Parameters) throws -> [String] {
    let job = try exportJob(service, parameters)
    #expect(job["jobStatus"] == "esriJobFailed", "\(job.text())")
    return TileExport(job: job, listing: .null, files: [:]).messages("Error")
  }
}

/// Python that reads packages by the byte reference alone (tile packages, 2 to 4), and fetches what the server serves.
enum PackageReader {
  static let script = """
    import io, re, struct, zipfile, urllib.request

    # The tiles of an archive, by level, row and column.
    def tiles(data):
        z, found = zipfile.ZipFile(io.BytesIO(data)), {}
        assert z.testzip() is None
        assert all(i.compress_type == 0 for i in z.infolist()), 'stored members only'
        for name in z.namelist():
            exploded = re.search(r'_alllayers/L(\\d\\d)/R([0-9a-f]{8})/C([0-9a-f]{8})\\.(png|jpg)$', name)
            if exploded:
                found[int(exploded[1]), int(exploded[2], 16), int(exploded[3], 16)] = z.read(name)
            m = re.search(r'L(\\d+)/R([0-9a-f]{4,})C([0-9a-f]{4,})\\.bundle$', name)
            if not m: continue
            level, row0, col0 = int(m[1]), int(m[2], 16), int(m[3], 16)
            b = z.read(name)
            index = name[:-6] + 'bundlx'
            largest = count = 0
            for i in range(16384):
                if index in z.namelist():
                    x = z.read(index) if i == 0 else x
                    assert len(x) == 81952
                    offset = int.from_bytes(x[16 + 5 * i:21 + 5 * i], 'little')
                    size = struct.unpack_from('<I', b, offset)[0]
                    offset, row, col = offset + 4, row0 + i % 128, col0 + i // 128
                else:
                    v = struct.unpack_from('<Q', b, 64 + 8 * i)[0]
                    offset, size, row, col = v & (1 << 40) - 1, v >> 40, row0 + i // 128, col0 + i % 128
                if not size: continue
                assert struct.unpack_from('<I', b, offset - 4)[0] == size
                found[level, row, col] = b[offset:offset + size]
                largest, count = max(largest, size), count + 1
            assert count > 0, 'no bundle without tiles'
            head = struct.unpack_from('<IIIIQQQI', b, 0)
            assert head[0] == 3 and head[1] == 16384 and head[2] == largest and head[3] == 5 and head[5] == len(b), head
        return found

    # A tile that the server serves; None where it has none.
    def served(service, level, row, col):
        try:
            return urllib.request.urlopen('%s/tile/%d/%d/%d?blankTile=false' % (service, level, row, col)).read()
        except urllib.error.HTTPError as e:
            assert e.code == 404, e
            return None
    """
}
