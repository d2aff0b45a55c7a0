import MessagingCore
import ServiceLifecycle

/// A service that lets the store check its files or its database once in each period, so an idle server also detects changes from outside.
struct StoreWatch: Service {
    let store: OpenStore
    let period: Duration
    let sleep: @Sendable (Duration) async throws -> Void

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await store.check()
                // So a store that works again is soon known to.
                try? await sleep(store.store.canWrite ? period : period / 4)
            }
        }
    }
}
