import ArcGIS
import HTTP
import JSONValue
import Worlds

/// `/mock/worlds`: makes, shows, resets and removes worlds.
enum WorldsControl {
  /// `GET /mock/worlds`.
  static func list(_ call: ControlCall) throws(ControlError) -> Response {
    Response(json: ["worlds": .array(call.site.worlds.all.map { description($0, call) })])
  }

  /// `POST /mock/worlds` with `{"id", "serverVersion", "seed", "now"}`, each optional.
  static func create(_ call: ControlCall) throws(ControlError) -> Response {
    let body = try call.body()
    var settings = call.site.worlds.standard.settings
    settings.start = nil
    let known: Set<String> = ["id", "serverVersion", "seed", "now"]
    if let stranger = body.first(where: { !known.contains($0.name) }) {
      throw ControlError(.badRequest, "\(stranger.name) is not known; a world has id, serverVersion, seed and now")
    }
    if let text = body["serverVersion"] {
      guard let version = ServerVersion(text.string ?? text.text()) else {
        throw ControlError(.badRequest, "serverVersion has to be a release from 9.3 on, such as \"10.9.1\"")
      }
      settings.version = version
    }
    if let seed = body["seed"] {
      guard let number = seed.integer, number >= 0 else {
        throw ControlError(.badRequest, "seed has to be a whole number, 0 or more")
      }
      settings.seed = UInt64(number)
    }
    if let now = body["now"] {
      guard let milliseconds = now.integer, (0...253_402_300_799_999).contains(milliseconds) else {
        throw ControlError(.badRequest, "now has to be milliseconds since 1970")
      }
      settings.start = milliseconds
    }
    if let id = body["id"], id.string == nil { throw ControlError(.badRequest, "id has to be a text") }
    do throws(WorldError) {
      let world = try call.site.worlds.create(id: body["id"]?.string, settings: settings)
      return Response(.created, json: description(world, call))
    } catch {
      throw ControlError(error)
    }
  }

  /// `GET /mock/worlds/{id}`.
  static func get(_ call: ControlCall) throws(ControlError) -> Response {
    Response(json: description(try world(call), call))
  }

  /// `DELETE /mock/worlds/{id}`: the world and all that it wrote.
  static func remove(_ call: ControlCall) throws(ControlError) -> Response {
    let world = try world(call)
    guard call.site.worlds.remove(world.id) != nil else {
      throw ControlError(.conflict, "the default world stays; reset it instead")
    }
    call.site.removeAll(of: world)
    return Response(.noContent)
  }

  /// `POST /mock/worlds/{id}/reset`: back to the seed, its jobs and files gone.
  static func reset(_ call: ControlCall) throws(ControlError) -> Response {
    let world = try world(call)
    world.reset()
    call.site.removeAll(of: world)
    return Response(json: description(world, call))
  }

  private static func world(_ call: ControlCall) throws(ControlError) -> World {
    guard let id = call.variables["id"], let world = call.site.worlds[id] else {
      throw ControlError(.notFound, "there is no such world")
    }
    return world
  }

  private static func description(_ world: World, _ call: ControlCall) -> JSON {
    [
      "id": .string(world.id), "url": .string(call.site.servicesAddress(of: world, for: call.request)),
      "serverVersion": .string(world.version.description), "seed": .int(Int(world.settings.seed)),
      "now": .int(world.clock.now),
    ]
  }
}
