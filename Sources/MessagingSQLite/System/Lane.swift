@preconcurrency import Dispatch
import Synchronization

/// A serial queue that runs the jobs of one actor, so waiting for a disk blocks no thread of other tasks. Tasks whose jobs alternate with
/// those of the actor may prefer it.
final class Lane: SerialExecutor, TaskExecutor {
    private struct Waiting {
        var jobs: [UnownedJob] = []
        /// Whether the queue is running jobs, and will also run added ones.
        var isDrained = false
    }

    private let queue: DispatchQueue
    private let waiting = Mutex(Waiting())

    init(label: String) {
        self.queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isIdle = waiting.withLock { waiting in
            waiting.jobs.append(job)
            defer { waiting.isDrained = true }
            return !waiting.isDrained
        }
        if isIdle { queue.async { self.drain() } }
    }

    /// Runs the waiting jobs in order, until there are none.
    private func drain() {
        var jobs: [UnownedJob] = []
        while true {
            jobs.removeAll(keepingCapacity: true)
            waiting.withLock { waiting in
                swap(&waiting.jobs, &jobs)
                waiting.isDrained = !jobs.isEmpty
            }
            if jobs.isEmpty { return }
            for job in jobs {
                job.runSynchronously(
                    isolatedTo: asUnownedSerialExecutor(),
                    taskExecutor: asUnownedTaskExecutor()
                )
            }
        }
    }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
