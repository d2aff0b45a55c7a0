import MessagingContract
import StandardStreams

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

    /// Throws for a name that is blank, is too long, or has characters that a line of a terminal does not show.
    func checkLine() throws(FieldError) {
        try ObjectName.check(self)
        let scalars = Array(unicodeScalars)
        let place = scalars.indices.first { place in
            !scalars[place].isVisible || scalars[place].isJoiner && !Self.joins(scalars, at: place)
        }
        guard let scalar = place.map({ scalars[$0] }) else { return }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let sentence =
            "must have visible characters only, but has U+\(number) (\(scalar.properties.name ?? "a control character"))"
        throw FieldError(path: "name", reason: .constraint(sentence))
    }

    /// Returns whether a joiner is between two characters that it can join. At an end or beside ASCII it joins nothing, and would make two
    /// names look alike.
    private static func joins(_ scalars: [Unicode.Scalar], at place: Int) -> Bool {
        guard place > 0, place < scalars.count - 1 else { return false }
        return [place - 1, place + 1].allSatisfy { !scalars[$0].isASCII && !scalars[$0].isJoiner }
    }
}
