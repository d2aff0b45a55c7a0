import ArgumentParser
import MessagingFiles

/// The option of a command that destroys something.
struct Confirmation: ParsableArguments {
    @Flag(help: "Do it without asking. It is required where nobody can be asked.") var yes = false
    @Flag(help: "Show what would change, and change nothing. Exits with 2.") var dryRun = false

    /// Returns if the person confirms what would be done. Throws a failure otherwise, and where nobody can be asked.
    func ask(_ question: String) throws(Failure) { try Self.ask(question, isConfirmed: yes) }

    /// Throws a failure if the person would have to confirm something and nobody can be asked.
    func checkPossible() throws(Failure) {
        guard yes || dryRun || Terminal.canAsk else {
            throw Failure(
                .cancelled,
                "not.confirmed",
                "nobody can be asked to confirm the change",
                next: "Repeat the command with --yes or --dry-run."
            )
        }
    }

    /// Returns at once if `isConfirmed` is true, and asks otherwise.
    static func ask(_ question: String, isConfirmed: Bool) throws(Failure) {
        if isConfirmed { return }
        guard Terminal.canAsk else {
            throw Failure(
                .cancelled,
                "not.confirmed",
                "nobody was asked: \(question)",
                next: "Repeat the command with --yes."
            )
        }
        guard Terminal.agrees(to: question) else {
            throw Failure(.cancelled, "cancelled", "nothing was changed")
        }
    }
}
