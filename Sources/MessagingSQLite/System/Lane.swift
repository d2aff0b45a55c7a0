@preconcurrency import Dispatch
import Synchronization

/// A serial queue that runs the jobs of one actor, so waiting for a disk blocks no thread of other tasks. Tasks whose jobs alternate with
/// those of the actor may prefer it.
final class Lane: SerialExecutor, TaskExecutor {
    private struct Waiting {
        var jobs: [UnownedJob] = []
        /// The tasks that let others go first, in order.
        var patient: [CheckedContinuation<Void, Never>] = []
        /// The number of times that the first of them has let others go first.
        var rounds = 0
        /// Whether the queue is running jobs, and will also run added ones.
        var isDrained = false

        /// Takes the first of the patient tasks if its turn has come.
        mutating func takePatient(othersWait: Bool) -> CheckedContinuation<Void, Never>? {
            if patient.isEmpty { return nil }
            if othersWait, rounds < Lane.mostRounds {
                rounds += 1
                return nil
            }
            rounds = 0
            return patient.removeFirst()
        }
    }

    /// The largest number of times that a task lets the waiting jobs go first. So it does not wait forever, however many come.
    private static let mostRounds = 8

    private let queue: DispatchQueue
    private let waiting = Mutex(Waiting())

    init(label: String) {
        self.queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        add { $0.jobs.append(job) }
    }

    /// Resumes a task after the jobs that wait, and those that follow from them. For a task that is about to do long work on this lane.
    func resumeAfterOthers(_ task: CheckedContinuation<Void, Never>) {
        add { $0.patient.append(task) }
    }

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
