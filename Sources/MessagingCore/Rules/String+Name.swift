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

    /// Throws 400 for a name that is blank, too long, or has characters that do not show in a line of a terminal.
    func checkAsLine() throws(APIError) {
        try checkAsName()
        let isPlain = unicodeScalars.allSatisfy { ![.control, .format].contains($0.properties.generalCategory) }
        if !isPlain {
            throw APIError(FieldError(path: "name", reason: .constraint("must have visible characters only")))
        }
    }
}
