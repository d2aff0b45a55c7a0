import MessagingSQLite
import ServiceLifecycle

/// Lets the store look after its files once in each period, so that an idle server notices, too, that they were changed from outside.
struct StoreWatch: Service {
    let store: SQLiteStore
    let period: Duration

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await store.check()
                try? await Task.sleep(for: period)
            }
        }
    }
}
