import MessagingFiles
import MessagingSDK

/// A numbered list of objects, from which a person at a terminal chooses one.
struct Choice {
    private let objects: [JSON]
    private let columns: [String]

    /// Creates the list of these objects, which have ids, and shows these members of them.
    init(_ objects: [JSON], columns: [String] = ["name", "id", "dateModified"]) {
        self.objects = objects
        self.columns = columns
    }

    /// Whether a person can choose: all standard streams are terminals. Otherwise a script may wait for the output.
    static var isPossible: Bool { Terminal.canAsk && Terminal.showsOutput }

    /// Shows the list, at most 50 objects at a time, and returns the object whose number the person enters. Throws a failure if the person
    /// enters nothing after the last object, or ends the input.
    func object() throws(Failure) -> JSON {
        var shown = show(after: 0)
        while true {
            let hasMore = shown < objects.count
            let question = hasMore ? "Number (Enter shows more of \(objects.count)):" : "Number:"
            guard let line = Terminal.ask(question), hasMore || !line.isEmpty else {
                throw Failure(.cancelled, "cancelled", "nothing was chosen")
            }
            if line.isEmpty {
                shown = show(after: shown)
            } else if let number = Int(line), (1...shown).contains(number) {
                return objects[number - 1]
            } else {
                Terminal.complain("Enter a number from 1 to \(shown).")
            }
        }
    }

    /// Shows the objects that follow, and returns the number of those that were shown.
    private func show(after start: Int) -> Int {
        let end = min(objects.count, start + Self.page)
        let rows = (start..<end).map { place in
            ["\(place + 1)"]
                + columns.map { objects[place].value(at: $0.split(separator: ".").map(String.init))?.cell ?? "" }
        }
        let sheet = Sheet(columns: [""] + columns, rows: rows)
        for line in sheet.aligned(width: Terminal.width, header: true, styled: false) { Terminal.complain(line) }
        return end
    }

    /// The number of objects that are shown at a time.
    private static let page = 50
}
