import MessagingContract

extension String {
    /// Throws 400 for a name that is blank or longer than 256 characters.
    func checkAsName() throws(APIError) {
        do {
            try ObjectName.check(self)
        } catch {
            throw APIError(error)
        }
    }

    /// Throws 400 for a name that ``checkLine()`` refuses.
    func checkAsLine() throws(APIError) {
        do {
            try checkLine()
        } catch {
            throw APIError(error)
        }
    }

    /// Throws for a name that is blank, too long, or has characters that do not show in a line of a terminal.
    func checkLine() throws(FieldError) {
        try ObjectName.check(self)
        let isPlain = unicodeScalars.allSatisfy { ![.control, .format].contains($0.properties.generalCategory) }
        if !isPlain { throw FieldError(path: "name", reason: .constraint("must have visible characters only")) }
    }
}
