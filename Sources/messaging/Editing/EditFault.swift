import MessagingFiles

/// The reason why an edited document was not sent, or why the host refused it. Editing it again may help.
struct EditFault: Error {
    /// The failure of the command if the document is not edited again.
    let failure: Failure
    /// Whether the host may have made the change all the same.
    var outcomeIsUnknown = false

    /// Shows the failure, and returns if the person at the terminal wants to edit the document again. Throws the failure where nobody can be
    /// asked.
    func askToEditAgain() throws(Failure) {
        guard Terminal.canAsk else { throw failure }
        Terminal.complain(failure.text)
        guard Terminal.agrees(to: "Edit again?") else {
            let outcome = outcomeIsUnknown ? "the change may have been made" : "nothing was changed"
            throw Failure(.cancelled, "cancelled", outcome)
        }
    }
}
