import MessagingServer
import ServiceLifecycle

/// Gives memory back to the system soon after the load of connections has fallen, or the memory of the process has grown and grows no
/// more, and once in a while.
struct MemoryReturn: Service {
    let readiness: Readiness

    private static let period = Duration.seconds(1)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var watch = MemoryWatch(resident: ProcessMetrics.residentBytes ?? 0)
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.period)
                guard watch.isDue(load: readiness.loadBytes, resident: ProcessMetrics.residentBytes ?? 0) else {
                    continue
                }
                Memory.giveBack()
                watch.gaveBack(resident: ProcessMetrics.residentBytes ?? 0)
            }
        }
    }
}

/// Decides, from what is measured once in each period, when memory is to be given back.
struct MemoryWatch {
    /// Bytes by which the load has to fall.
    private static let fall = 4 << 20
    /// Bytes by which resident memory has to have grown since memory was given back.
    private static let growth = 16 << 20
    /// Periods after which memory is given back in any case.
    private static let patience = 60

    private var peak = 0
    private var load = 0
    private var periods = 0
    /// Resident memory when memory was last given back, or less if it has fallen since; and one period ago.
    private var floor: Int
    private var last: Int

    /// Creates a watch of a process that has so many bytes of resident memory.
    init(resident: Int) { (floor, last) = (resident, resident) }

    /// Takes in what is measured now. Memory that still grows is left alone.
    mutating func isDue(load: Int, resident: Int) -> Bool {
        self.load = load
        peak = max(peak, load)
        periods += 1
        let grows = resident > last
        floor = min(floor, resident)
        last = resident
        return peak - load >= Self.fall || periods >= Self.patience || (!grows && resident - floor >= Self.growth)
    }

    /// Notes that memory was given back, and how much is resident since.
    mutating func gaveBack(resident: Int) {
        (peak, periods, floor, last) = (load, 0, resident, resident)
    }
}
