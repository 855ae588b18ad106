extension EventLoop {
  /// Puts a connection at the end of the list of a kind of deadline.
  func arm(_ connection: Connection, _ kind: DeadlineKind) {
    let deadline = now.advanced(by: deadlines[kind.rawValue].duration)
    if connection.deadlineKind != kind || deadlines[kind.rawValue].last != connection.descriptor {
      disarm(connection)
      let last = deadlines[kind.rawValue].last
      connection.deadlineKind = kind
      connection.previous = last
      connection.next = -1
      if last >= 0 { connections[Int(last)]?.next = connection.descriptor }
      deadlines[kind.rawValue].last = connection.descriptor
      if last < 0 { deadlines[kind.rawValue].first = connection.descriptor }
    }
    connection.deadline = deadline
    if deadline < nextSweep { nextSweep = deadline }
  }

  func disarm(_ connection: Connection) {
    guard let kind = connection.deadlineKind else { return }
    if connection.previous >= 0 {
      connections[Int(connection.previous)]?.next = connection.next
    } else {
      deadlines[kind.rawValue].first = connection.next
    }
    if connection.next >= 0 {
      connections[Int(connection.next)]?.previous = connection.previous
    } else {
      deadlines[kind.rawValue].last = connection.previous
    }
    connection.deadlineKind = nil
    connection.previous = -1
    connection.next = -1
  }

  /// Ends the patience with every connection whose deadline has passed, and finds out when to look again.
  func sweepDeadlines() {
    nextSweep = .never
    for kind in DeadlineKind.allCases {
      while let connection = first(kind), connection.deadline <= now { expire(connection, kind) }
      if let deadline = first(kind)?.deadline { nextSweep = min(nextSweep, deadline) }
    }
  }

  private func first(_ kind: DeadlineKind) -> Connection? {
    let descriptor = deadlines[kind.rawValue].first
    return descriptor >= 0 ? connections[Int(descriptor)] : nil
  }

  private func expire(_ connection: Connection, _ kind: DeadlineKind) {
    disarm(connection)
    switch kind {
    case .header: refuse(connection, Refusal(.requestTimeout, "The request took too long to come."))
    case .body: refuse(connection, Refusal(.requestTimeout, "The request body took too long to come."))
    case .idle, .linger: return close(connection)
    case .write: return abort(connection)
    }
    advance(connection)
  }
}
