public import MessagingContract
import Synchronization

import struct Foundation.Date

/// A runner of the effects of commits. It runs each when it is due, and retries it for ``Effect/leaseTime`` while it fails with 503.
///
/// It gets the effects of this server's commits from memory, without the store. Once in ``Effect/leaseTime`` it leases the effects that no
/// server runs: those of a stopped server, those that failed, and those of a commit whose outcome was unknown.
public final class EffectRunner: Sendable {
    /// The outcome of an effect.
    public enum Outcome: Sendable {
        /// The commit with the result of the effect has deleted the effect.
        case settled
        /// No work is left. The runner deletes the effect.
        case done
    }
    /// A function that runs one kind of effect. Running an effect again must do no harm.
    public typealias Handler = @Sendable (LeasedEffect) async throws(APIError) -> Outcome

    private let organizations: Organizations
    private let handlers: [EffectKind: Handler]
    private let longestDelay: Double
    private let failed: @Sendable (LeasedEffect?, APIError) -> Void
    private let sleep: @Sendable (Duration) async throws -> Void
    private let running = Mutex<Set<Key>>([])

    /// The largest number of stored effects that run at a time.
    private static let page = 100

    /// Creates a runner. No effect of this server is due more than `longestDelay` seconds after its commit.
    ///
    /// `failed` gets each effect that failed, with the last error, or nil if the stored effects could not be leased. It is called at most
    /// once in ``Effect/leaseTime`` for each effect.
    public init(
        organizations: Organizations,
        handlers: [EffectKind: Handler],
        longestDelay: Double,
        failed: @escaping @Sendable (LeasedEffect?, APIError) -> Void = { _, _ in }
    ) {
        self.organizations = organizations
        self.handlers = handlers
        self.longestDelay = longestDelay
        self.failed = failed
        sleep = organizations.surroundings.sleep
    }

    /// Runs effects until the task is cancelled. May be called once.
    public func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                while !Task.isCancelled {
                    await self.runStored()
                    try? await self.sleep(.seconds(Effect.leaseTime))
                }
            }
            for await effect in organizations.effects.effects { group.addTask { await self.run(effect) } }
            group.cancelAll()
        }
    }

    /// Runs the stored effects that are due and that no server runs, and returns when each of them has run or failed.
    public func runStored() async {
        while !Task.isCancelled {
            let page = await untilAvailable(nil) { () async throws(APIError) in
                try await self.organizations.leaseEffects(longestDelay: self.longestDelay, limit: Self.page)
            }
            guard let page, !page.isEmpty else { return }
            await withDiscardingTaskGroup { group in
                for effect in page { group.addTask { await self.run(effect) } }
            }
            if page.count < Self.page { return }
        }
    }

    private func run(_ leased: LeasedEffect) async {
        let key = Key(leased)
        guard running.withLock({ $0.insert(key).inserted }) else { return }
        defer { running.withLock { _ = $0.remove(key) } }
        let wait = leased.effect.due.timeIntervalSince(organizations.surroundings.now(leased.organization))
        if wait > 0 { try? await sleep(.seconds(min(wait, longestDelay))) }
        if Task.isCancelled { return }
        let kind = leased.effect.key.kind
        guard let handler = handlers[kind] else {
            return failed(
                leased,
                .internalServerError.caused(by: "no handler for effects of the kind \(kind.rawValue)")
            )
        }
        _ = await untilAvailable(leased) { () async throws(APIError) in
            // Another server may have made the commit.
            _ = try await self.organizations.snapshot(of: leased.organization)
            if try await handler(leased) == .done { try await self.organizations.finish(leased) }
        }
    }

    /// Calls `body`, and calls it again at growing intervals while it fails with 503. Returns nil if it failed for another reason, if the
    /// lease has ended by then, or if the task was cancelled.
    private func untilAvailable<Result: Sendable>(
        _ effect: LeasedEffect?,
        _ body: () async throws(APIError) -> Result
    ) async -> Result? {
        var (wait, waited) = (Duration.milliseconds(500), Duration.zero)
        while !Task.isCancelled {
            do throws(APIError) {
                return try await body()
            } catch {
                if error.status != 503 || waited >= .seconds(Effect.leaseTime) {
                    failed(effect, error)
                    return nil
                }
                try? await sleep(wait)
                waited += wait
                wait = min(wait * 2, .seconds(30))
            }
        }
        return nil
    }

    private struct Key: Hashable {
        let organization: String
        let effect: Effect.Key

        init(_ leased: LeasedEffect) {
            organization = leased.organization
            effect = leased.effect.key
        }
    }
}

extension Organizations {
    fileprivate func leaseEffects(
        longestDelay: Double,
        limit: Int
    ) async throws(APIError) -> [LeasedEffect] {
        try await APIError.fromStore { () throws(StoreError) in
            try await store.leaseEffects(dueAt: surroundings.now(nil), longestDelay: longestDelay, limit: limit)
        }
    }

    fileprivate func finish(_ leased: LeasedEffect) async throws(APIError) {
        try await APIError.fromStore { () throws(StoreError) in
            try await store.finishEffect(leased.effect.key, of: leased.organization)
        }
    }
}

/// A running ``EffectRunner``. It is stopped when this object is released.
package final class RunningEffects: Sendable {
    private let task: Task<Void, Never>

    /// Creates the object and starts the runner.
    package init(_ runner: EffectRunner) {
        task = Task { await runner.run() }
    }

    deinit {
        task.cancel()
    }
}
