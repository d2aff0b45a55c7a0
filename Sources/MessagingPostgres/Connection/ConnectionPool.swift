import DequeModule
import Foundation
import Logging
import MessagingCore
import Synchronization

/// A few connections to the database, each with a thread that waits for it. No other thread ever waits.
///
/// While the database is away, calls fail at once. One call in 100 ms tries to reach it.
final class ConnectionPool: Sendable {
    private struct Job: Sendable {
        let enqueued: ContinuousClock.Instant
        /// Whether the call tries to reach a database that was away.
        let isProbe: Bool
        let run: @Sendable (_ place: Place) -> Void
        let fail: @Sendable (SessionError) -> Void
    }

    /// The session of a thread.
    private final class Place {
        var session: Session?
    }

    private struct State {
        var jobs: Deque<Job> = []
        var isClosed = false
        var breaker = Breaker()
        /// The number of the host that had the primary.
        var host = 0
    }

    /// The time for which a call may wait for a thread, and then for the database.
    static let timeout = Duration.seconds(5)
    /// The largest number of calls that wait for a thread.
    private static let mostWaiting = 10_000
    /// The number of times that a call is tried.
    private static let attempts = 3
    /// The longest pause between two tries, in seconds.
    private static let longestPause = 0.01
    /// The time within which a call is tried again. What took longer would take as long again, and the database may still be busy with it.
    private static let timeOfTries = Duration.seconds(1)

    private let address: DatabaseAddress
    private let hosts: [DatabaseAddress]
    private let logger: Logger
    private let surroundings: Surroundings
    private let check: @Sendable (Session) throws(SessionError) -> Void
    private let state = Mutex(State())
    private let available = DispatchSemaphore(value: 0)

    /// Creates a pool of so many connections, at least one. It connects when it is used. `check` is called with each new session, and throws if
    /// the session cannot be used.
    init(
        _ address: DatabaseAddress,
        connections: Int,
        in surroundings: Surroundings,
        logger: Logger,
        check: @escaping @Sendable (Session) throws(SessionError) -> Void
    ) {
        (self.address, self.surroundings, self.logger, self.check) = (address, surroundings, logger, check)
        hosts = address.hosts
        for number in 0..<max(1, connections) {
            let thread = Thread { [self] in work() }
            thread.name = "messaging.pg.\(number)"
            thread.start()
        }
    }

    /// Whether the database can be used, by the last known state.
    var isUsable: Bool { state.withLock { $0.breaker.outage == nil && !$0.isClosed } }

    /// Calls `body` with a connection, on its thread. Calls it again within a second, at most twice and after a short random pause, if nothing
    /// was done: the connection was lost before anything was sent, or the database has ended the transaction for the sake of others. If
    /// `isRead` is true, `body` changes nothing, so it is also called again after a connection was lost in the middle.
    ///
    /// Throws the errors of `body`. Throws ``SessionError/lost(message:isSent:)`` at once while the database is away or too many calls wait,
    /// and for a call whose turn comes after ``timeout``.
    func use<Result: Sendable>(
        isRead: Bool = false,
        _ body: @escaping @Sendable (Session) throws(SessionError) -> Result
    ) async throws(SessionError) -> Result {
        let outcome: Swift.Result<Result, SessionError> = await withCheckedContinuation { continuation in
            use(isRead: isRead) {
                body
            } _: {
                continuation.resume(returning: $0)
            }
        }
        return try outcome.get()
    }

    /// Calls the result of `make` like ``use(isRead:_:)``, and then `receiver` with the outcome. All are called on a thread of the pool, `make`
    /// once. If the call fails before it has a thread, `receiver` alone is called, on any thread.
    func use<Result: Sendable>(
        isRead: Bool,
        _ make: @escaping @Sendable () -> (Session) throws(SessionError) -> Result,
        _ receiver: @escaping @Sendable (Swift.Result<Result, SessionError>) -> Void
    ) {
        enqueue { place in
            do throws(SessionError) {
                receiver(.success(try self.run(make(), isRead: isRead, at: place)))
            } catch {
                receiver(.failure(error))
            }
        } orFail: {
            receiver(.failure($0))
        }
    }

    /// Ends the threads after the calls that wait. Later calls fail.
    func close() {
        state.withLock { $0.isClosed = true }
        available.signal()
    }

    private func enqueue(
        _ run: @escaping @Sendable (Place) -> Void,
        orFail fail: @escaping @Sendable (SessionError) -> Void
    ) {
        let now = surroundings.instant()
        let refusal = state.withLock { state -> String? in
            if state.isClosed { return "the store is closed" }
            if state.jobs.count >= Self.mostWaiting { return "too many calls wait for the database" }
            let admission = state.breaker.admit(at: now)
            if case .fail(let cause) = admission { return cause }
            state.jobs.append(Job(enqueued: now, isProbe: admission == .probe, run: run, fail: fail))
            return nil
        }
        if let refusal { fail(.lost(message: refusal, isSent: false)) } else { available.signal() }
    }

    // MARK: On a thread

    private func work() {
        let place = Place()
        while true {
            available.wait()
            let (job, isClosed) = state.withLock { ($0.jobs.popFirst(), $0.isClosed) }
            if let job {
                work(on: job, at: place)
            } else if isClosed {
                place.session?.close()
                // The next thread ends, too.
                available.signal()
                return
            }
        }
    }

    private func work(on job: Job, at place: Place) {
        defer { if job.isProbe { state.withLock { $0.breaker.probeEnded(at: surroundings.instant()) } } }
        if surroundings.instant() > job.enqueued + Self.timeout {
            return job.fail(.lost(message: "too many calls wait for the database", isSent: false))
        }
        if place.session == nil {
            if !job.isProbe, let outage = state.withLock({ $0.breaker.outage }) {
                return job.fail(.lost(message: outage, isSent: false))
            }
            do throws(SessionError) {
                place.session = try connect()
            } catch {
                return leave(job, after: error)
            }
        }
        job.run(place)
    }

    /// Leaves a call to the other threads if they have sessions. Otherwise it fails.
    private func leave(_ job: Job, after error: SessionError) {
        if noteFailedConnection(error) { return job.fail(.lost(message: error.cause, isSent: false)) }
        state.withLock { $0.jobs.prepend(job) }
        available.signal()
        Thread.sleep(forTimeInterval: Breaker.pause / .seconds(1))
    }

    /// Notes that this thread could not connect. If no other thread has a session, the database is away, and the calls that wait fail.
    /// Returns whether it is away.
    private func noteFailedConnection(_ error: SessionError) -> Bool {
        let (isAway, isNew, failed) = state.withLock { state in
            let before = state.breaker.outage
            let isAway = state.breaker.couldNotConnect(error.cause, at: surroundings.instant())
            let failed: Deque<Job> = isAway ? state.jobs : []
            if isAway { state.jobs = [] }
            return (isAway, isAway && before != error.cause, failed)
        }
        for job in failed {
            if job.isProbe { state.withLock { $0.breaker.probeEnded(at: surroundings.instant()) } }
            job.fail(.lost(message: error.cause, isSent: false))
        }
        if isNew {
            logger.error(
                "Could not reach the database",
                metadata: ["database": "\(address)", "cause": "\(error.cause)"]
            )
        }
        return isAway
    }

    private func run<Result>(
        _ body: (Session) throws(SessionError) -> Result,
        isRead: Bool,
        at place: Place
    ) throws(SessionError) -> Result {
        let start = surroundings.instant()
        var attempt = 1
        while true {
            let session = if let session = place.session { session } else { try reconnect() }
            place.session = session
            do throws(SessionError) {
                defer { if session.isLost { drop(place) } }
                let result = try body(session)
                noteAnswer()
                return result
            } catch {
                guard attempt < Self.attempts, error.isTemporary(ofRead: isRead),
                    surroundings.instant() < start + Self.timeOfTries
                else { throw error }
                attempt += 1
                Thread.sleep(forTimeInterval: .random(in: 0...Self.longestPause))
            }
        }
    }

    private func reconnect() throws(SessionError) -> Session {
        do throws(SessionError) {
            return try connect()
        } catch {
            _ = noteFailedConnection(error)
            throw error
        }
    }

    private func drop(_ place: Place) {
        place.session = nil
        state.withLock { $0.breaker.disconnected() }
    }

    /// Connects to the first host that can be used, beginning with the one that was used last.
    private func connect() throws(SessionError) -> Session {
        let (session, host) = try Session.connect(to: hosts, beginningWith: state.withLock { $0.host }) {
            (session, timeout) throws(SessionError) in
            // Without limits, since it may make the tables.
            try check(session)
            try session.setLimits(within: timeout)
        }
        state.withLock { state in
            state.host = host
            state.breaker.connected()
        }
        noteAnswer()
        return session
    }

    private func noteAnswer() {
        if state.withLock({ $0.breaker.answered() }) {
            logger.notice("Reached the database again", metadata: ["database": "\(address)"])
        }
    }
}
