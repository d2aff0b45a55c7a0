package import MessagingSDK
import Synchronization

/// The application of a plan to an organization.
///
/// Steps that do not depend on each other are made at the same time, eight at most. A step that fails does not stop the others; those that need
/// its object fail too, and nothing is deleted.
package struct Application: Sendable {
    /// What became of the steps of a plan.
    package struct Outcome: Sendable {
        /// The steps that were made.
        package var done: [Step] = []
        /// The steps that failed, each with its reason.
        package var failed: [(step: Step, failure: Failure)] = []
        /// The number of steps that were not tried.
        package var untried = 0
    }

    /// A request to stop. The steps that run already are completed.
    package final class Stop: Sendable {
        private let requested = Mutex(false)

        /// Creates a value without a request.
        package init() {}

        /// Requests the stop.
        package func request() { requested.withLock { $0 = true } }
        /// Whether the stop is requested.
        package var isRequested: Bool { requested.withLock { $0 } }
    }

    private static let width = 8

    private let plan: Plan
    private let calls: StepRunner
    private let stop: Stop

    /// Creates the application of a plan. `usesKeys` is whether the host honors idempotency keys.
    package init(_ plan: Plan, client: MessagingClient, secrets: SecretValues, usesKeys: Bool, stop: Stop = Stop()) {
        self.plan = plan
        self.stop = stop
        calls = StepRunner(client: client, ids: ObjectIDs(plan.ids), secrets: secrets, usesKeys: usesKeys)
    }

    /// Makes the steps. `progress` gets the number of steps that are made or failed after each of them.
    package func run(progress: (Int) -> Void = { _ in }) async -> Outcome {
        var outcome = Outcome()
        for phase in Self.phases(plan.steps) {
            // What a failed step was to replace must stay.
            if !outcome.failed.isEmpty, phase.contains(where: { $0.action == .delete }) { break }
            await run(phase, &outcome, progress)
        }
        outcome.untried = plan.steps.count - outcome.done.count - outcome.failed.count
        return outcome
    }

    /// The steps in groups: each group needs the ones before it.
    private static func phases(_ steps: [Step]) -> [[Step]] {
        let referring = Set(ManagedKinds.all.filter { !$0.references.isEmpty }.map { $0.command })
        let writing = steps.filter { $0.action == .create || $0.action == .update }
        let deleting = steps.filter { $0.action == .delete }
        return [
            writing.filter { !referring.contains($0.kind) }, steps.filter { $0.action == .setDefault },
            writing.filter { referring.contains($0.kind) }, deleting.filter { referring.contains($0.kind) },
            deleting.filter { !referring.contains($0.kind) },
        ]
    }

    private func run(_ steps: [Step], _ outcome: inout Outcome, _ progress: (Int) -> Void) async {
        await withTaskGroup(of: (Step, Failure?).self) { group in
            var rest = steps[...]
            func start() {
                guard !stop.isRequested, let step = rest.popFirst() else { return }
                group.addTask { (step, await calls.run(step)) }
            }
            for _ in 0..<Self.width { start() }
            while let (step, failure) = await group.next() {
                if let failure { outcome.failed.append((step, failure)) } else { outcome.done.append(step) }
                progress(outcome.done.count + outcome.failed.count)
                start()
            }
        }
    }
}
