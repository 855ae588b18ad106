/// Keys with values, in the order of their last use. Every operation takes constant time.
public struct LRUList<Key: Hashable, Value> {
  @usableFromInline struct Node {
    @usableFromInline var key: Key
    @usableFromInline var value: Value
    @usableFromInline var newer: Int
    @usableFromInline var older: Int

    @usableFromInline init(key: Key, value: Value, newer: Int, older: Int) {
      self.key = key
      self.value = value
      self.newer = newer
      self.older = older
    }
  }

  @usableFromInline static var end: Int { -1 }

  @usableFromInline var nodes: [Node?] = []
  @usableFromInline var free: [Int] = []
  @usableFromInline var places: [Key: Int] = [:]
  @usableFromInline var newest = -1
  @usableFromInline var oldest = -1

  /// A list without keys.
  @inlinable public init() {}

  /// How many keys there are.
  @inlinable public var count: Int { places.count }

  /// The value of a key, which becomes the newest.
  @inlinable public mutating func use(_ key: Key) -> Value? {
    guard let place = places[key], let node = nodes[place] else { return nil }
    if place != newest {
      unlink(node)
      link(place)
    }
    return node.value
  }

  /// Puts in or replaces a value, which becomes the newest.
  /// - Returns: the value that was replaced.
  @discardableResult
  @inlinable public mutating func insert(_ value: Value, for key: Key) -> Value? {
    if let place = places[key] {
      let old = nodes[place]?.value
      nodes[place]?.value = value
      _ = use(key)
      return old
    }
    let node = Node(key: key, value: value, newer: Self.end, older: Self.end)
    let place: Int
    if let reused = free.popLast() {
      place = reused
      nodes[place] = node
    } else {
      place = nodes.count
      nodes.append(node)
    }
    places[key] = place
    link(place)
    return nil
  }

  /// Takes out the value that was not used for the longest time.
  @inlinable public mutating func removeOldest() -> (key: Key, value: Value)? {
    guard oldest != Self.end, let node = nodes[oldest] else { return nil }
    remove(oldest, node)
    return (node.key, node.value)
  }

  @inlinable mutating func remove(_ place: Int, _ node: Node) {
    unlink(node)
    places[node.key] = nil
    nodes[place] = nil
    free.append(place)
  }

  @inlinable mutating func link(_ place: Int) {
    nodes[place]?.newer = Self.end
    nodes[place]?.older = newest
    if newest == Self.end { oldest = place } else { nodes[newest]?.newer = place }
    newest = place
  }

  @inlinable mutating func unlink(_ node: Node) {
    if node.newer == Self.end { newest = node.older } else { nodes[node.newer]?.older = node.older }
    if node.older == Self.end { oldest = node.newer } else { nodes[node.older]?.newer = node.newer }
  }
}
