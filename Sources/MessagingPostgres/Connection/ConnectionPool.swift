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
        var jobs: [Job] = []
        var isClosed = false
        /// The reason why the database cannot be used; nil if it can.
        var outage: String?
        var isProbing = false
        var nextProbe: ContinuousClock.Instant?
    }

    /// The time for which a call waits for a thread, and then for the database.
    static let timeout = Duration.seconds(5)
    private static let pause = Duration.milliseconds(100)

    private let address: DatabaseAddress
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
        for number in 0..<max(1, connections) {
            let thread = Thread { [self] in work() }
            thread.name = "messaging.pg.\(number)"
            thread.start()
        }
    }

    /// Whether the database can be used, by the last known state.
    var isUsable: Bool { state.withLock { $0.outage == nil && !$0.isClosed } }

    /// Calls `body` with a connection, on its thread. A connection that was lost before anything was sent is replaced once.
    ///
    /// Throws the errors of `body`. Throws ``SessionError/lost(message:isSent:)`` at once while the database is away, and after
    /// ``timeout`` if all threads are busy.
    func use<Result: Sendable>(
        _ body: @escaping @Sendable (Session) throws(SessionError) -> Result
    ) async throws(SessionError) -> Result {
        let outcome: Swift.Result<Result, SessionError> = await withCheckedContinuation { continuation in
            enqueue { place in
                do throws(SessionError) {
                    continuation.resume(returning: .success(try self.run(body, at: place)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            } orFail: {
                continuation.resume(returning: .failure($0))
            }
        }
        return try outcome.get()
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
            if let outage = state.outage {
                guard !state.isProbing, state.nextProbe.map({ now >= $0 }) ?? true else { return outage }
                state.isProbing = true
            }
            state.jobs.append(Job(enqueued: now, isProbe: state.outage != nil, run: run, fail: fail))
            return nil
        }
        if let refusal { fail(.lost(message: refusal, isSent: false)) } else { available.signal() }
    }

    private func work() {
        let place = Place()
        while true {
            available.wait()
            let (job, isClosed) = state.withLock { state in
                (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.isClosed)
            }
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
        defer {
            if job.isProbe {
                state.withLock { state in
                    state.isProbing = false
                    state.nextProbe = surroundings.instant() + Self.pause
                }
            }
        }
        if surroundings.instant() > job.enqueued + Self.timeout {
            return job.fail(.lost(message: "too many calls wait for the database", isSent: false))
        }
        if !job.isProbe, place.session == nil, let outage = state.withLock({ $0.outage }) {
            return job.fail(.lost(message: outage, isSent: false))
        }
        job.run(place)
    }

    private func run<Result>(
        _ body: (Session) throws(SessionError) -> Result,
        at place: Place
    ) throws(SessionError) -> Result {
        defer { if place.session?.isLost ?? false { place.session = nil } }
        if let session = place.session {
            do throws(SessionError) {
                let result = try body(session)
                noteAnswer()
                return result
            } catch {
                guard case .lost(_, isSent: false) = error else { throw error }
            }
        }
        place.session = nil
        let session = try connect()
        place.session = session
        return try body(session)
    }

    private func connect() throws(SessionError) -> Session {
        do throws(SessionError) {
            let session = try Session(address, timeout: Self.timeout)
            session.facts = try DatabaseFacts(session, within: Self.timeout)
            try check(session)
            noteAnswer()
            return session
        } catch {
            noteOutage(error)
            throw error
        }
    }

    private func noteAnswer() {
        let wasAway = state.withLock { state in
            defer { state.outage = nil }
            return state.outage != nil
        }
        if wasAway { logger.notice("Reached the database again", metadata: ["database": "\(address)"]) }
    }

    /// Notes that the database cannot be used, and ends the calls that wait.
    private func noteOutage(_ error: SessionError) {
        let (jobs, isNew) = state.withLock { state in
            defer {
                (state.jobs, state.outage) = ([], error.cause)
                state.nextProbe = surroundings.instant() + Self.pause
            }
            return (state.jobs, state.outage != error.cause)
        }
        for job in jobs { job.fail(.lost(message: error.cause, isSent: false)) }
        if isNew {
            logger.error(
                "Could not reach the database",
                metadata: ["database": "\(address)", "cause": "\(error.cause)"]
            )
        }
    }
}
