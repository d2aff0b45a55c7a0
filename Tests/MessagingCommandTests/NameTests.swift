import MessagingFiles
import MessagingSDK
import Testing

@testable import messaging

struct NameTests {
    private let table = NameTable(
        [
            ["id": "1", "name": "Support"], ["id": "2", "name": "Sales", "dateModified": "2026-03-01"],
            ["id": "3", "name": "Sales"], ["id": "Support", "name": "Other"], ["id": "5", "name": "é"],
        ],
        noun: "setting",
        command: "settings"
    )

    @Test func anIDCountsBeforeAName() throws {
        #expect(try table.id(of: "Support") == "Support")
        #expect(try table.id(of: "Other") == "Support")
        #expect(try table.id(of: "1") == "1")
    }

    @Test func aNameOfSeveralObjectsListsThem() {
        #expect {
            try table.id(of: "Sales")
        } throws: { error in
            let failure = error as? Failure
            return failure?.exit == .notFound && failure?.details == ["2 changed 2026-03-01", "3 changed "]
        }
    }

    @Test func anUnknownNameSuggestsTheNearest() {
        #expect {
            try table.id(of: "sales")
        } throws: { error in
            let failure = error as? Failure
            return failure?.exit == .notFound
                && failure?.next == #"Did you mean "Sales"? messaging settings list shows all."#
        }
    }

    @Test func namesAreComparedByTheirScalars() {
        #expect(throws: Failure.self) { try table.id(of: "e\u{301}") }
    }
}
