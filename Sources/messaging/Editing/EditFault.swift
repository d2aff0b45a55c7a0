import MessagingFiles

/// The reason why an edited document cannot be sent as it is. Editing it again may help.
struct EditFault: Error {
    /// The failure of the command if the document is not edited again.
    let failure: Failure

    /// Shows the failure, and returns if the person at the terminal wants to edit the document again. Throws the failure where nobody can be
    /// asked.
    func askToEditAgain() throws(Failure) {
        guard Terminal.canAsk else { throw failure }
        Terminal.complain(failure.text)
        guard Terminal.agrees(to: "Edit again?") else { throw Failure(.cancelled, "cancelled", "nothing was changed") }
    }
}
