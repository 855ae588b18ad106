import Mustache

/// The layout of every page of the Services Directory (REST API 4.12). Nothing is loaded from elsewhere but the library that
/// draws a map of vector tiles, and that from an address which is a setting.
enum DirectoryTemplate {
  /// The values that a page fills in.
  struct Values {
    var title: String
    var breadcrumbs: [Link]
    var jsonAddress: String?
    var heading: String
    var summary: String?
    var error: Failure?
    var picture: String?
    var map: Map?
    var definitions: String?
    var lists: [List]
    var tables: [Table] = []
    var form: Form?

    struct Link {
      var text: String
      var address: String
      var suffix = ""
      var note = ""
      var isLast = false
    }

    struct List {
      var heading: String
      var links: [Link]
    }

    struct Table {
      var columns: [String]
      var rows: [Row]

      struct Row {
        var cells: [Cell]
      }

      struct Cell {
        var text: String
        var address: String?
      }
    }

    struct Map {
      var library: String
      var style: String
      var maxzoom: Int
      /// South-west and north-east corner, as JavaScript.
      var bounds: String
    }

    struct Failure {
      var code: Int
      var message: String
      var details: [String]
      var hint: String?
    }

    struct Form {
      var action: String
      var fields: [Field]
      var formats: [Choice]
    }

    struct Field {
      var name: String
      var title: String
      var note: String
      var value: String
      var isArea = false
      var hasChoices = false
      var options: [Choice] = []
    }

    struct Choice {
      var value: String
      var text: String
      var isChosen: Bool
    }
  }

  /// The page as HTML.
  static func render(_ values: Values) -> String { template?.render(values) ?? "" }

  private static let template = try? MustacheTemplate(string: source)

  private static let source = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>{{title}}</title>
    <link rel="icon" href="data:,">
    <style>
    :root { color-scheme: light dark; --line: #8884; --accent: #00619b; }
    @media (prefers-color-scheme: dark) { :root { --accent: #6cc3f5; } }
    body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 64rem; padding: 0 1rem 3rem; }
    header { border-bottom: 1px solid var(--line); padding: .8rem 0; font-weight: 600; }
    nav { margin: .6rem 0; }
    nav .formats { float: right; }
    a { color: var(--accent); }
    h1 { font-size: 1.5rem; margin: 1rem 0 .3rem; }
    h2 { font-size: 1.1rem; margin: 1.4rem 0 .3rem; }
    img { max-width: 100%; height: auto; border: 1px solid var(--line); }
    dl { display: grid; grid-template-columns: minmax(10rem, max-content) 1fr; gap: .15rem 1rem; margin: .5rem 0; }
    dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; } dd > dl, dd > ul { margin: 0; }
    @media (max-width: 40rem) { dl { display: block; } dd, dd > dl { margin: 0 0 0 .6rem; } }
    ul { padding-left: 1.2rem; }
    table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 600; width: 14rem; }
    .wide { overflow-x: auto; } .rows th { width: auto; } .rows tr { border-bottom: 1px solid var(--line); }
    th, td { padding: .25rem .5rem .25rem 0; vertical-align: top; }
    input, select, textarea { font: inherit; width: 100%; box-sizing: border-box; }
    .note { color: #777; font-size: .85rem; } .error { border-left: 4px solid #b00; padding: .3rem .8rem; }
    #map { height: 28rem; border: 1px solid var(--line); }
    #map.missing { height: auto; padding: .8rem; color: #777; overflow-wrap: anywhere; }
    button { font: inherit; padding: .2rem .8rem; }
    </style>
    </head>
    <body>
    <header>ArcGIS REST Services Directory</header>
    <nav>{{#jsonAddress}}<span class="formats"><a href="{{.}}">JSON</a></span>{{/jsonAddress}}\
    {{#breadcrumbs}}<a href="{{address}}">{{text}}</a>{{^isLast}} &gt; {{/isLast}}{{/breadcrumbs}}</nav>
    <h1>{{heading}}</h1>
    {{#summary}}<p>{{.}}</p>{{/summary}}
    {{#error}}
    <div class="error"><p>Error: {{message}}<br>Code: {{code}}</p>
    {{#details}}<p>{{.}}</p>{{/details}}{{#hint}}<p class="note">{{.}}</p>{{/hint}}</div>
    {{/error}}
    {{#picture}}<p><img src="{{.}}" alt="The exported picture"></p>{{/picture}}
    {{#map}}
    <link rel="stylesheet" href="{{library}}/maplibre-gl.css">
    <div id="map" data-style="{{style}}" data-library="{{library}}" data-maxzoom="{{maxzoom}}" data-bounds="{{bounds}}"></div>
    <script>
    function showMapProblem(text) {
      const map = document.getElementById('map');
      map.className = 'missing';
      map.textContent = text;
    }
    function showMap() {
      if (!['webgl2', 'webgl'].some(kind => document.createElement('canvas').getContext(kind))) {
        return showMapProblem('The map is drawn by WebGL, which this browser does not offer.');
      }
      const {style, maxzoom, bounds} = document.getElementById('map').dataset;
      const base = new URL(style, location.href);
      // MapLibre takes absolute addresses only; braces are its own and stay as they are.
      const absolute = (path, from) => new URL(path, from).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
      fetch(base + '?f=json').then(answer => answer.json()).then(json => {
        for (const name of ['sprite', 'glyphs']) if (json[name]) json[name] = absolute(json[name], base);
        for (const source of Object.values(json.sources)) {
          if (!source.url) continue;
          source.tiles = [absolute('tile/{z}/{y}/{x}.pbf', new URL(source.url, base))];
          source.maxzoom = Number(maxzoom);
          delete source.url;
        }
        const container = document.getElementById('map');
        const [[west, south], [east, north]] = JSON.parse(bounds);
        // The world fills the width once, the inhabited latitudes in the middle; to fit its height it would be repeated.
        const view = east - west >= 359 && north - south >= 120
          ? {center: [(west + east) / 2, 25], zoom: Math.log2(container.clientWidth / 512)}
          : {bounds: [[west, south], [east, north]], fitBoundsOptions: {padding: 10} };
        const map = new maplibregl.Map({container, style: json, hash: true, ...view});
        map.addControl(new maplibregl.NavigationControl({showCompass: false}));
        window.map = map;
      }).catch(error => showMapProblem('The style can not be drawn: ' + error));
    }
    </script>
    <script src="{{library}}/maplibre-gl.js" onload="showMap()" onerror="showMapProblem('The map is drawn by MapLibre GL, which can not be loaded from ' + document.getElementById('map').dataset.library + '. Name another place that has maplibre-gl.js and maplibre-gl.css by the option --map-library.')"></script>
    {{/map}}
    {{#lists}}
    <h2>{{heading}}</h2>
    <ul>
    {{#links}}<li><a href="{{address}}">{{text}}</a> {{suffix}}<span class="note">{{note}}</span></li>
    {{/links}}
    </ul>
    {{/lists}}
    {{#tables}}
    <div class="wide"><table class="rows">
    <tr>{{#columns}}<th>{{.}}</th>{{/columns}}</tr>
    {{#rows}}<tr>{{#cells}}<td>{{#address}}<a href="{{.}}">{{/address}}{{text}}{{#address}}</a>{{/address}}</td>{{/cells}}</tr>
    {{/rows}}
    </table></div>
    {{/tables}}
    {{{definitions}}}
    {{#form}}
    <form method="get">
    <table>
    {{#fields}}
    <tr><th><label for="{{name}}">{{title}}</label></th><td>
    {{#isArea}}<textarea id="{{name}}" name="{{name}}" rows="2">{{value}}</textarea>{{/isArea}}\
    {{^isArea}}{{#hasChoices}}<select id="{{name}}" name="{{name}}">\
    {{#options}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{text}}</option>{{/options}}</select>\
    {{/hasChoices}}{{^hasChoices}}<input id="{{name}}" name="{{name}}" value="{{value}}">{{/hasChoices}}{{/isArea}}
    <div class="note">{{note}}</div></td></tr>
    {{/fields}}
    <tr><th><label for="f">Format</label></th><td><select id="f" name="f">\
    {{#formats}}<option value="{{value}}"{{#isChosen}} selected{{/isChosen}}>{{text}}</option>{{/formats}}</select></td></tr>
    </table>
    <p><button>{{action}} (GET)</button> <button formmethod="post">{{action}} (POST)</button></p>
    </form>
    {{/form}}
    </body>
    </html>

    """
}
