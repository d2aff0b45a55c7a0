@preconcurrency import Dispatch

/// A serial queue that runs the jobs of one actor, so that waiting for a disk blocks no thread that others need. Tasks whose jobs alternate
/// with those of the actor may prefer it.
final class Lane: SerialExecutor, TaskExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        self.queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            job.runSynchronously(
                isolatedTo: self.asUnownedSerialExecutor(),
                taskExecutor: self.asUnownedTaskExecutor()
            )
        }
    }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
