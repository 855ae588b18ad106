import Dispatch
import Testing

@testable import HTTP

@Suite struct WorkerPoolTests {
  @Test func `All that is handed in is done, jobs too`() {
    let pool = WorkerPool(threads: 3, queueLength: 1000)
    let done = DispatchSemaphore(value: 0)
    for number in 0..<600 {
      #expect(pool.submit(number % 2 == 0 ? .interactive : .background) { done.signal() })
    }
    for _ in 0..<600 { #expect(done.wait(timeout: .now() + 10) == .success) }
  }

  @Test func `Jobs leave a thread to those who wait`() {
    let pool = WorkerPool(threads: 2, queueLength: 10)
    let gate = DispatchSemaphore(value: 0)
    let done = DispatchSemaphore(value: 0)
    for _ in 0..<5 { #expect(pool.submit(.background) { gate.wait() }) }
    #expect(pool.submit { done.signal() })
    #expect(done.wait(timeout: .now() + 10) == .success)
    for _ in 0..<5 { gate.signal() }
  }

  @Test func `A full queue and a stopped pool refuse`() {
    let pool = WorkerPool(threads: 1, queueLength: 1)
    let begun = DispatchSemaphore(value: 0)
    let gate = DispatchSemaphore(value: 0)
    #expect(
      pool.submit {
        begun.signal()
        gate.wait()
      })
    begun.wait()
    #expect(pool.submit {})
    #expect(!pool.submit {})
    gate.signal()
    pool.stop()
    #expect(!pool.submit {})
    #expect(!pool.submit(.background) {})
  }
}
