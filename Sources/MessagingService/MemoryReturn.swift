import MessagingServer
import ServiceLifecycle

/// A service that returns memory to the system in three cases:
///
/// - soon after the load of connections has fallen, and again some seconds later
/// - when the memory of the process has grown and has stopped growing
/// - once in a while
struct MemoryReturn: Service {
    let load: ServerLoad
    let sleep: @Sendable (Duration) async throws -> Void

    private static let period = Duration.seconds(1)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var watch = MemoryWatch(resident: ProcessMetrics.residentBytes ?? 0)
            while !Task.isCancelled {
                try? await sleep(Self.period)
                guard watch.isDue(load: load.bytes, resident: ProcessMetrics.residentBytes ?? 0) else {
                    continue
                }
                Memory.giveBack()
                watch.gaveBack(resident: ProcessMetrics.residentBytes ?? 0)
            }
        }
    }
}

/// The decision when to return memory, from one measurement in each period.
struct MemoryWatch {
    /// The bytes by which the load must fall.
    private static let fall = 4 << 20
    /// The bytes by which resident memory must have grown since the last return.
    private static let growth = 16 << 20
    /// The number of periods after which memory is returned in any case.
    private static let patience = 60
    /// The number of periods after a fall in which connections have freed their last memory. TLS keeps some for a second.
    private static let delay = 3

    private var peak = 0
    private var load = 0
    private var periods = 0
    /// The number of periods until memory is returned again after a fall; nil if it is not due.
    private var again: Int?
    /// Resident memory at the last return, or less if it has fallen since; and one period ago.
    private var floor: Int
    private var last: Int

    /// Creates a watch of a process that has so many bytes of resident memory.
    init(resident: Int) { (floor, last) = (resident, resident) }

    /// Adds a measurement, and returns whether to return memory now. Growing memory is not a reason.
    mutating func isDue(load: Int, resident: Int) -> Bool {
        self.load = load
        peak = max(peak, load)
        periods += 1
        let grows = resident > last
        floor = min(floor, resident)
        last = resident
        again = again.flatMap { $0 > 0 ? $0 - 1 : nil }
        if peak - load >= Self.fall {
            again = Self.delay
            return true
        }
        return again == 0 || periods >= Self.patience || (!grows && resident - floor >= Self.growth)
    }

    /// Notes a return of memory, with the resident memory after it.
    mutating func gaveBack(resident: Int) {
        (peak, periods, floor, last) = (load, 0, resident, resident)
    }
}
