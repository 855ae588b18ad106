import Catalog
import JSONValue

/// A page of the Services Directory about one operation or resource.
struct DirectoryPage {
  private let call: Call

  /// A page for a request.
  init(_ call: Call) { self.call = call }

  /// The page of an answer.
  func text(_ json: JSON, _ content: PageContent) -> String {
    var values = frame
    values.picture = content.picture
    values.map = content.map.map { map in
      let box = map.extent
      return DirectoryTemplate.Values.Map(
        library: call.site.mapLibrary, style: map.style, maxzoom: map.maxzoom,
        bounds: "[[\(box.xmin),\(box.ymin)],[\(box.xmax),\(box.ymax)]]")
    }
    values.lists = content.lists.map { list in
      DirectoryTemplate.Values.List(
        heading: list.heading,
        links: list.links.map { .init(text: $0.text, address: $0.address, suffix: $0.suffix, note: $0.note) })
    }
    values.tables = content.tables.map { table in
      DirectoryTemplate.Values.Table(
        columns: table.columns,
        rows: table.rows.map { row in row.map { .init(text: $0.text, address: $0.address) } }.map { .init(cells: $0) })
    }
    if content.showsMembers { values.definitions = definitions(json) }
    if call.operation.isForm { values.form = formValues }
    return DirectoryTemplate.render(values)
  }

  /// The page of an error below an operation, with the form to try again.
  func text(_ error: ArcGISError) -> String {
    var values = frame
    values.error = Self.failure(error)
    if call.operation.isForm { values.form = formValues }
    return DirectoryTemplate.render(values)
  }

  /// The page with the empty form.
  func form() -> String {
    var values = frame
    values.form = formValues
    return DirectoryTemplate.render(values)
  }

  /// The page of an error where no operation was found.
  static func text(_ error: ArcGISError, context: String) -> String {
    DirectoryTemplate.render(
      DirectoryTemplate.Values(
        title: error.message, breadcrumbs: [.init(text: "Home", address: "\(context)/rest/services", isLast: true)],
        heading: "Error", error: failure(error), lists: []))
  }

  private static func failure(_ error: ArcGISError) -> DirectoryTemplate.Values.Failure {
    .init(code: error.code, message: error.message, details: error.details, hint: error.hint)
  }

  private var frame: DirectoryTemplate.Values {
    let operation = call.operation
    let name = call.resource.map { resource -> String in
      if operation.path.description.isEmpty { return "\(resource)" }
      return operation.title == subject ? operation.title : "\(operation.title) (\(subject ?? resource.path))"
    }
    return DirectoryTemplate.Values(
      title: name ?? operation.title, breadcrumbs: breadcrumbs, jsonAddress: jsonAddress,
      heading: name ?? operation.title, summary: operation.summary, lists: [])
  }

  /// What a page below a geoprocessing service is about: a job, else the task.
  private var subject: String? {
    guard case .geoprocessingService = call.operation.scope else { return nil }
    return call.variables["jobId"] ?? call.operation.path.description.split(separator: "/").first.map(String.init)
  }

  private var breadcrumbs: [DirectoryTemplate.Values.Link] {
    let services = "\(call.address.path)/rest/services"
    var links = [DirectoryTemplate.Values.Link(text: "Home", address: services)]
    if let service = call.resource {
      links.append(.init(text: "services", address: services))
      if let folder = service.folder {
        links.append(.init(text: folder, address: "\(services)/\(percentEncoded(folder))"))
      }
      links.append(.init(text: "\(service.name) (\(service.type.rawValue))", address: call.servicePath))
      links += childLinks
    } else if let folder = call.variables["folder"] {
      links.append(.init(text: "services", address: services))
      links.append(.init(text: folder, address: "\(services)/\(percentEncoded(folder))"))
    }
    links[links.count - 1].isLast = true
    return links
  }

  /// The operation below a service, after those resources that it stands below.
  private var childLinks: [DirectoryTemplate.Values.Link] {
    let path = call.operation.path.path(call.variables)
    let parents = Operations.all.filter { parent in
      let parentPath = parent.path.path(call.variables)
      return parent.scope == call.operation.scope && !parentPath.isEmpty && path.hasPrefix(parentPath + "/")
    }
    let resources = parents + (path.isEmpty ? [] : [call.operation])
    return resources.map { .init(text: $0.title, address: "\(call.servicePath)/\($0.path.path(call.variables))") }
  }

  /// The same request with `f=pjson`; none for operations that other formats than HTML don't concern.
  private var jsonAddress: String? {
    guard call.operation.formats.contains(.pjson) else { return nil }
    let query = call.arguments.texts.sorted { $0.key < $1.key }.map { "\($0.key)=\(percentEncoded($0.value))&" }
      .joined()
    let path = call.operation.path.path(call.variables)
    let resource = call.resource.map { _ in path.isEmpty ? call.servicePath : "\(call.servicePath)/\(path)" }
    return "\(resource ?? "")?\(query)f=pjson"
  }

  private var formValues: DirectoryTemplate.Values.Form {
    let texts = call.arguments.texts
    return DirectoryTemplate.Values.Form(
      action: call.operation.title,
      fields: call.operation.parameters.filter { $0.versions.contains(call.version) }.map { parameter in
        let value = texts[parameter.name] ?? ""
        let note = parameter.standardText.map { "\(parameter.summary) Default: \($0)." } ?? parameter.summary
        var field = DirectoryTemplate.Values.Field(
          name: parameter.name, title: parameter.title, note: note, value: value, isArea: parameter.control == .area)
        let words: [String]
        switch parameter.control {
        case .choice(let choices): words = choices
        case .flag: words = ["true", "false"]
        case .line, .area, .integer, .number: words = []
        }
        if !words.isEmpty {
          field.hasChoices = true
          field.options = ([""] + words).map {
            .init(value: $0, text: $0, isChosen: $0.lowercased() == value.lowercased())
          }
        }
        return field
      },
      formats: call.operation.formats.filter { $0 != .pjson }.map {
        .init(value: $0.rawValue, text: $0.title, isChosen: $0 == .html)
      })
  }

  /// A JSON value as a list of definitions, nested where it is.
  private func definitions(_ json: JSON) -> String {
    switch json {
    case .object(let object):
      if object.isEmpty { return "" }
      return "<dl>" + object.map { "<dt>\(escapedMarkup($0.name))</dt><dd>\(definitions($0.value))</dd>" }.joined()
        + "</dl>"
    case .array(let elements):
      let isFlat = elements.allSatisfy { $0.object == nil && $0.array == nil }
      if isFlat { return elements.map(definitions).joined(separator: ", ") }
      return "<ul>" + elements.map { "<li>\(definitions($0))</li>" }.joined() + "</ul>"
    case .string(let text):
      let escaped = escapedMarkup(text)
      return text.hasPrefix(call.address.origin) ? "<a href=\"\(escaped)\">\(escaped)</a>" : escaped
    case .null: return "N/A"
    case .bool, .int, .double: return json.text()
    }
  }
}
