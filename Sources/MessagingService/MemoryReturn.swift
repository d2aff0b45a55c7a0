import MessagingServer
import ServiceLifecycle

/// Gives memory back to the system soon after the load of connections has fallen, and once in a while.
struct MemoryReturn: Service {
    let readiness: Readiness

    private static let period = Duration.seconds(1)
    /// Bytes by which the load has to fall.
    private static let fall = 4 << 20
    /// Periods after which memory is given back in any case.
    private static let patience = 60

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var peak = 0
            var periods = 0
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.period)
                let load = readiness.loadBytes
                peak = max(peak, load)
                periods += 1
                guard peak - load >= Self.fall || periods >= Self.patience else { continue }
                Memory.giveBack()
                (peak, periods) = (load, 0)
            }
        }
    }
}
