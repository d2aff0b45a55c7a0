import Foundation
import Logging
import MessagingContract
import MessagingCore
import MessagingSQLite
import ServiceLifecycle

/// A service that deletes expired tokens, expired idempotency records and the history beyond its limits, from the start on and then once in
/// each period. A ``SweepClock`` decides which of them have expired.
struct Sweep: Service {
    let store: SQLiteStore
    let identity: Identity
    let organizations: Organizations
    let history: HistoryLimits
    let period: Duration
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await sweep(from: await store.rememberedSweepTime() ?? Date())
        }
    }

    /// The seconds by which the time may advance before it is stored for the next start.
    private static let step = 3_600.0
    /// The seconds by which the wall clock may be ahead without a line in the log.
    private static let lead = 60.0

    private func sweep(from start: Date) async {
        var clock = SweepClock(time: start, at: .now)
        var (remembered, isTold) = (start, false)
        while !Task.isCancelled {
            let time = clock.advance(to: Date(), at: .now)
            if clock.secondsAhead > Self.lead, !isTold {
                logger.notice(
                    "the wall clock went ahead: old things are dropped by the time before, for a day at most",
                    metadata: ["seconds": .stringConvertible(Int(clock.secondsAhead)), "time": "\(time.wire)"]
                )
            }
            isTold = clock.secondsAhead > Self.lead
            await attempt { () throws(StoreError) in try await identity.sweepTokens(expiredBefore: time) }
            await attempt { () throws(StoreError) in try await organizations.sweepIdempotencyRecords(at: time) }
            await attempt { () throws(StoreError) in try await organizations.sweepHistory(history, at: time) }
            if abs(time.timeIntervalSince(remembered)) >= Self.step {
                remembered = time
                await store.remember(sweepTime: time)
            }
            try? await Task.sleep(for: period)
        }
        await store.remember(sweepTime: clock.advance(to: Date(), at: .now))
    }

    private func attempt(_ sweep: () async throws(StoreError) -> Void) async {
        do {
            try await sweep()
        } catch {
            logger.warning("what is over was not deleted", metadata: ["cause": "\(error)"])
        }
    }
}
