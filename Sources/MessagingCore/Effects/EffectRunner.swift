public import MessagingContract
import Synchronization

import struct Foundation.Date

/// Runs the effects of commits: each when it is due, and again for ``Effect/leaseTime`` while that fails with 503.
///
/// An effect of a commit of this server needs no look into the store. Once in ``Effect/leaseTime`` the runner looks for effects that no server
/// runs: those that a server left when it stopped, those that failed, and those of a commit whose outcome was not known.
public final class EffectRunner: Sendable {
    /// What became of an effect.
    public enum Outcome: Sendable {
        /// The commit that carried it out has deleted it.
        case settled
        /// Nothing is left to do; the runner deletes it.
        case done
    }
    /// Runs one kind of effect. Doing it again does no harm.
    public typealias Handler = @Sendable (LeasedEffect) async throws(APIError) -> Outcome

    private let organizations: Organizations
    private let handlers: [EffectKind: Handler]
    private let longestDelay: Double
    private let failed: @Sendable (LeasedEffect?, APIError) -> Void
    private let sleep: @Sendable (Duration) async throws -> Void
    private let running = Mutex<Set<Key>>([])

    /// The most stored effects that run at a time.
    private static let page = 100

    /// Creates a runner. No effect of this server is due more than `longestDelay` seconds after its commit. `sleep` waits.
    ///
    /// `failed` gets each effect that failed, or nil when the store could not be asked for effects, and the last error; at most once in
    /// ``Effect/leaseTime`` for each effect.
    public init(
        organizations: Organizations,
        handlers: [EffectKind: Handler],
        longestDelay: Double,
        failed: @escaping @Sendable (LeasedEffect?, APIError) -> Void = { _, _ in },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.organizations = organizations
        self.handlers = handlers
        self.longestDelay = longestDelay
        self.failed = failed
        self.sleep = sleep
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

    /// Runs the stored effects that are due and that nobody runs, and returns when each of them was run or failed.
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
        let wait = leased.effect.due.timeIntervalSince(organizations.now())
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
            if try await handler(leased) == .done { try await self.organizations.finish(leased) }
        }
    }

    /// Does something once, or again, later and later, while that fails with 503. Returns nil when it failed for another reason, when the
    /// lease has ended by then, or when the task was cancelled.
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
    fileprivate nonisolated func leaseEffects(
        longestDelay: Double,
        limit: Int
    ) async throws(APIError) -> [LeasedEffect] {
        do {
            return try await store.leaseEffects(dueAt: now(), longestDelay: longestDelay, limit: limit)
        } catch {
            throw APIError(error)
        }
    }

    fileprivate nonisolated func finish(_ leased: LeasedEffect) async throws(APIError) {
        do {
            try await store.finishEffect(leased.effect.key, of: leased.organization)
        } catch {
            throw APIError(error)
        }
    }
}

/// Runs an ``EffectRunner`` as long as this is referred to.
package final class RunningEffects: Sendable {
    private let task: Task<Void, Never>

    /// Starts the runner.
    package init(_ runner: EffectRunner) {
        task = Task { await runner.run() }
    }

    deinit {
        task.cancel()
    }
}
