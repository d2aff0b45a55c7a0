public import struct Foundation.Date

/// The surroundings of a server: the clocks, the waits and the random bits of ids that it uses.
///
/// The wall clock and the bits of ids are asked for by organization, so that one organization can have its own. Nil stands for the server.
/// Secrets never come from here: their bits are always the system's.
public struct Surroundings: Sendable {
    /// Returns the wall-clock time of an organization.
    public let now: @Sendable (_ organization: String?) -> Date
    /// Returns the monotonic time.
    public let instant: @Sendable () -> ContinuousClock.Instant
    /// Waits for a duration. Throws `CancellationError` when the task is cancelled.
    public let sleep: @Sendable (Duration) async throws -> Void
    /// Returns two words of random bits, for an id of an organization.
    public let words: @Sendable (_ organization: String?) -> (UInt64, UInt64)

    /// Creates surroundings; what is not given is the system's.
    public init(
        now: @escaping @Sendable (_ organization: String?) -> Date = { _ in Date() },
        instant: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        words: (@Sendable (_ organization: String?) -> (UInt64, UInt64))? = nil
    ) {
        self.now = now
        self.instant = instant
        self.sleep = sleep
        self.words = words ?? { _ in RandomWords.shared.two() }
    }

    /// The clocks and the random bits of the system.
    public static let system = Surroundings()
}
