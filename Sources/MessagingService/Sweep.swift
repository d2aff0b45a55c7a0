import Foundation
import Logging
import MessagingContract
import MessagingCore
import ServiceLifecycle

/// A service that deletes expired tokens, expired idempotency records and the history beyond its limits, from the start on and then once in
/// each period. A ``SweepClock`` decides which of them have expired. Of several servers with one database, one does it.
struct Sweep: Service {
    let store: OpenStore
    let identity: Identity
    let organizations: Organizations
    let history: HistoryLimits
    let period: Duration
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await sweep(from: await store.rememberedSweepTime() ?? surroundings.now(nil))
        }
    }

    /// The seconds by which the time may advance before it is stored for the next start.
    private static let step = 3_600.0
    /// The seconds by which the wall clock may be ahead without a line in the log.
    private static let lead = 60.0

    private func sweep(from start: Date) async {
        var clock = SweepClock(time: start, at: surroundings.instant())
        var (remembered, isTold, isMine) = (start, false, false)
        while !Task.isCancelled {
            let time = clock.advance(to: surroundings.now(nil), at: surroundings.instant())
            if clock.secondsAhead > Self.lead, !isTold {
                logger.notice(
                    "Delayed the deletion of old data for up to a day: the wall clock went ahead",
                    metadata: ["seconds": .stringConvertible(Int(clock.secondsAhead)), "time": "\(time.wire)"]
                )
            }
            isTold = clock.secondsAhead > Self.lead
            isMine = await sweep(at: time)
            if isMine, abs(time.timeIntervalSince(remembered)) >= Self.step {
                remembered = time
                await store.remember(sweepTime: time)
            }
            try? await surroundings.sleep(period)
        }
        guard isMine else { return }
        await store.remember(sweepTime: clock.advance(to: surroundings.now(nil), at: surroundings.instant()))
        await store.giveUp(.sweep)
    }

    /// Deletes what has expired at a time, unless another server with the same database does.
    /// Returns whether this server does.
    private func sweep(at time: Date) async -> Bool {
        // A long sweep renews its lease, so that no other server begins the same.
        let take = { () async throws(StoreError) in try await store.take(.sweep, for: period * 2) }
        var isMine = false
        await attempt { () throws(StoreError) in isMine = try await take() }
        guard isMine else {
            organizations.dropHistory(asOf: time)
            return false
        }
        await attempt { () throws(StoreError) in try await identity.sweepTokens(expiredBefore: time) }
        await attempt { () throws(StoreError) in try await organizations.sweepIdempotencyRecords(at: time, while: take)
        }
        await attempt { () throws(StoreError) in try await organizations.sweepHistory(history, at: time, while: take) }
        return true
    }

    private var surroundings: Surroundings { organizations.surroundings }

    private func attempt(_ sweep: () async throws(StoreError) -> Void) async {
        do {
            try await sweep()
        } catch {
            logger.warning("Could not delete expired tokens or old history", metadata: ["cause": "\(error)"])
        }
    }
}
