import ArgumentParser
import Foundation
import MessagingFiles
import MessagingSDK

/// The command `messaging apply`.
struct ApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract:
            "Make the organization what a directory declares, or make a plan that messaging plan --out has written.",
        discussion: """
            It shows the plan and asks first. Each object is read again before it is changed, and a step fails if another client has changed the \
            object meanwhile. Ctrl-C stops after the steps that run; another apply makes the rest.
            """
    )

    @Argument(help: "A directory of messaging export, a .tf file, or a file of messaging plan --out.") var directory:
        String
    @OptionGroup var planned: PlanOptions
    @Flag(help: "Do it without asking. It is required where nobody can be asked.") var yes = false

    func run() async throws {
        let account = try planned.options.account
        let isFile = !ConfigurationFiles.exist(at: directory)
        let plan =
            isFile ? try await PlanFile(directory).plan(for: account) : try await planned.plan(directory, account)
        guard !plan.isEmpty else { return try Terminal.print(plan.summary) }
        let printer = Printer(format: nil, header: true)
        try printer.changes(plan.steps.map(Change.init), summary: plan.summary)
        let secrets = SecretValues(ProcessInfo.processInfo.environment)
        try secrets.check(plan)
        try Confirmation.ask(plan.question, isConfirmed: yes)
        // Nothing has passed since the plan was made, unless it waited in a file or for an answer.
        if isFile || !yes { try await plan.check(OrganizationReader(client: account.client).read(plan.part)) }
        let outcome = await apply(plan, account, secrets)
        try report(outcome, plan)
        guard !isFile else { return }
        let rest = try await planned.plan(directory, account)
        try Terminal.print("Planned again: \(rest.summary)")
        if !rest.isEmpty { throw ExitCode(Exit.failed.rawValue) }
    }

    private func apply(_ plan: Plan, _ account: Account, _ secrets: SecretValues) async -> Application.Outcome {
        let stop = Application.Stop()
        let application = Application(
            plan,
            client: account.client,
            secrets: secrets,
            usesKeys: account.host.honorsIdempotencyKeys,
            stop: stop
        )
        let interrupt = Interrupt {
            stop.request()
            if Terminal.showsTalk { Terminal.replaceLine("") }
            Terminal.complain("Stopping after the steps that run. Ctrl-C ends the program at once.")
        }
        defer { interrupt.end() }
        let progress = ProgressLine("steps", of: plan.steps.count)
        defer { progress.end() }
        return await application.run { progress.show($0) }
    }

    private func report(_ outcome: Application.Outcome, _ plan: Plan) throws {
        let made = "\(outcome.done.count) of \(plan.steps.count) steps made"
        guard !outcome.failed.isEmpty || outcome.untried > 0 else { return try Terminal.print("\(made).") }
        let details = outcome.failed.map { step, failure in
            let next = failure.next.map { " \($0)" } ?? ""
            let context = failure.contextID.map { " (context id \($0))" } ?? ""
            return "\(step.action.rawValue) \(step.kind) \"\(step.label)\": \(failure.message).\(next)\(context)"
        }
        let stopped = outcome.failed.isEmpty
        throw Failure(
            stopped ? .cancelled : .failed,
            stopped ? "cancelled" : "steps.failed",
            "\(made), \(outcome.failed.count) failed, \(outcome.untried) not tried",
            details: details,
            next: ConfigurationDirectory.exists(directory)
                ? "Repeat the command: it plans again, and makes the rest."
                : "Plan again: messaging plan DIR --out \(directory)"
        )
    }
}

extension Plan {
    /// The question before the plan is applied.
    fileprivate var question: String {
        let deletions = count(.delete)
        let steps = steps.count == 1 ? "this step" : "these \(steps.count) steps"
        let objects = deletions == 1 ? "an object" : "\(deletions) objects"
        return deletions == 0 ? "Make \(steps)?" : "Make \(steps)? That deletes \(objects)."
    }
}
