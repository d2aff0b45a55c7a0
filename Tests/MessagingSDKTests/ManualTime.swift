import Foundation
import MessagingSDK
import Synchronization

/// The surroundings of a client in which time passes only when a test lets it pass.
///
/// A wait of at most `longestSkippedWait` ends at once, and time passes by its length. A longer wait, such as that for a deadline, is held
/// until the test lets the time pass or the task is cancelled.
///
/// It begins a day after the present, so no real transport reaches a deadline that a client computes with this time.
final class ManualTime: Sendable {
    private struct Held {
        let end: ContinuousClock.Instant
        let continuation: AsyncStream<Void>.Continuation
    }

    private struct State {
        var passed = Duration.zero
        var skipped: [Duration] = []
        var held: [Int: Held] = [:]
        var count = 0
    }

    private let start = ContinuousClock.now + .seconds(86_400)
    private let longestSkippedWait: Duration
    private let random: @Sendable (ClosedRange<Double>) -> Double
    private let state = Mutex(State())
    private let begun = AsyncStream.makeStream(of: Duration.self)

    /// The wall-clock time at the beginning: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static let date = Date(timeIntervalSince1970: 784_111_777)

    /// Creates a time. Unless `random` is given, the random number is the upper bound of its range, so each wait has its full length.
    init(
        skippingWaitsUpTo longestSkippedWait: Duration = .zero,
        random: @escaping @Sendable (ClosedRange<Double>) -> Double = { $0.upperBound }
    ) {
        self.longestSkippedWait = longestSkippedWait
        self.random = random
    }

    var now: ContinuousClock.Instant { start + state.withLock { $0.passed } }

    /// The waits that ended at once, in order.
    var skippedWaits: [Duration] { state.withLock { $0.skipped } }

    /// Returns the length of the next wait that is held, as soon as it has begun.
    func nextHeldWait() async -> Duration? { await begun.stream.first { _ in true } }

    /// Lets time pass, and ends the held waits whose time is over.
    func pass(_ duration: Duration) {
        let ended = state.withLock { state in
            state.passed += duration
            let now = start + state.passed
            return state.held.values.filter { $0.end <= now }
        }
        for held in ended { held.continuation.finish() }
    }

    private func sleep(_ duration: Duration) async throws {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        let number = state.withLock { state -> Int? in
            if duration <= longestSkippedWait {
                state.skipped.append(duration)
                state.passed += duration
                return nil
            }
            state.count += 1
            state.held[state.count] = Held(end: start + state.passed + duration, continuation: continuation)
            return state.count
        }
        guard let number else { return try Task.checkCancellation() }
        begun.continuation.yield(duration)
        for await _ in stream {}
        state.withLock { $0.held[number] = nil }
        try Task.checkCancellation()
    }

    var surroundings: ClientSurroundings {
        ClientSurroundings(
            now: { [self] in
                Self.date + state.withLock { $0.passed } / .seconds(1)
            },
            instant: { [self] in now },
            sleep: { [self] in try await sleep($0) },
            random: random
        )
    }
}
