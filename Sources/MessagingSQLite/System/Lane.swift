@preconcurrency import Dispatch
import Synchronization

/// A serial queue that runs the jobs of one actor, so waiting for a disk blocks no thread of other tasks. Tasks whose jobs alternate with
/// those of the actor may prefer it.
final class Lane: SerialExecutor, TaskExecutor {
    private struct Waiting {
        var jobs: [UnownedJob] = []
        /// The tasks that let jobs go first, in order, and how many more batches of jobs each waits for.
        var patient: [(task: CheckedContinuation<Void, Never>, batches: Int)] = []
        /// Whether the queue is running jobs, and will also run added ones.
        var isDrained = false

        /// Takes the first of the patient tasks if its turn has come.
        mutating func takePatient(othersWait: Bool) -> CheckedContinuation<Void, Never>? {
            guard let first = patient.first else { return nil }
            if othersWait, first.batches > 0 {
                patient[0].batches -= 1
                return nil
            }
            patient.removeFirst()
            return first.task
        }
    }

    private let queue: DispatchQueue
    private let waiting = Mutex(Waiting())

    init(label: String) {
        self.queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        add { $0.jobs.append(job) }
    }

    /// Resumes a task when no job waits. Jobs that run meanwhile may add jobs, so it is resumed after at most so many batches of them.
    func resumeAfterOthers(_ task: CheckedContinuation<Void, Never>, atMost batches: Int) {
        add { $0.patient.append((task, batches)) }
    }

    /// Adds a job or a task, and starts the queue if it is not running jobs.
    private func add(_ change: (inout Waiting) -> Void) {
        let isIdle = waiting.withLock { waiting in
            change(&waiting)
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
            let patient = waiting.withLock { waiting in
                swap(&waiting.jobs, &jobs)
                let patient = waiting.takePatient(othersWait: !jobs.isEmpty)
                waiting.isDrained = !jobs.isEmpty || patient != nil
                return patient
            }
            if jobs.isEmpty, patient == nil { return }
            patient?.resume()
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
