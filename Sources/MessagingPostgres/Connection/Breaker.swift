/// Whether the database can be used, as the calls of a pool find out. While it is away, calls are refused at once, but for one that tries to
/// reach it after each pause.
struct Breaker {
    /// What a new call has to do.
    enum Admission: Equatable {
        case run
        /// Try to reach the database that was away, and call ``probeEnded(at:)`` then.
        case probe
        case fail(cause: String)
    }

    /// The time between two tries to reach the database.
    static let pause = Duration.milliseconds(100)

    /// The reason why the database cannot be used; nil if it can.
    private(set) var outage: String?
    private var isProbing = false
    private var nextProbe: ContinuousClock.Instant?
    /// The number of connected sessions.
    private var sessions = 0

    /// Decides about a new call.
    mutating func admit(at now: ContinuousClock.Instant) -> Admission {
        guard let outage else { return .run }
        if isProbing || nextProbe.map({ now < $0 }) ?? false { return .fail(cause: outage) }
        isProbing = true
        return .probe
    }

    /// Notes that a probe has ended, in whatever way.
    mutating func probeEnded(at now: ContinuousClock.Instant) {
        isProbing = false
        nextProbe = now + Self.pause
    }

    /// Notes a new session.
    mutating func connected() { sessions += 1 }

    /// Notes that a session was lost.
    mutating func disconnected() { sessions -= 1 }

    /// Notes that the database has answered. Returns whether it was away.
    mutating func answered() -> Bool {
        defer { outage = nil }
        return outage != nil
    }

    /// Notes that no session could be connected. Returns false if other sessions work, so that the database is not away.
    mutating func couldNotConnect(_ cause: String, at now: ContinuousClock.Instant) -> Bool {
        if sessions > 0 { return false }
        outage = cause
        nextProbe = now + Self.pause
        return true
    }
}
