package import struct Foundation.Date

/// The surroundings of a client: the clocks, the waits and the randomness that it uses.
///
/// A transport has none. It gets its deadline as an instant of the system's clock, and keeps it in real time.
package struct ClientSurroundings: Sendable {
    /// Returns the wall-clock time. It is compared with dates that a host sends.
    package let now: @Sendable () -> Date
    /// Returns the monotonic time. Deadlines, durations and the expiry of tokens are measured by it.
    package let instant: @Sendable () -> ContinuousClock.Instant
    /// Waits for a duration. Throws `CancellationError` when the task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void
    /// Returns a random number of a range.
    package let random: @Sendable (ClosedRange<Double>) -> Double

    /// Creates surroundings; what is not given is the system's.
    package init(
        now: @escaping @Sendable () -> Date = { Date() },
        instant: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        random: @escaping @Sendable (ClosedRange<Double>) -> Double = { Double.random(in: $0) }
    ) {
        self.now = now
        self.instant = instant
        self.sleep = sleep
        self.random = random
    }

    /// The clocks and the randomness of the system.
    package static let system = ClientSurroundings()
}
