import MessagingFiles
import MessagingSDK
import Testing

@testable import messaging

struct FilterTests {
    private static let setting: JSON = [
        "id": "1", "name": "Customer Support", "version": "12", "dateModified": "2026-03-01T09:15:27.104Z",
        "event": ["typing": ["on": ["inbound": "Enabled"]]],
    ]
    private static let profile: JSON = [
        "name": "it's \"x\" \\ 7", "version": 12,
        "mediaTypes": ["allow": ["inbound": [["type": "image/*"], ["type": "image/png"]]]],
    ]

    private static func matches(_ filter: String) throws -> Bool {
        try Filter(filter, MessagingSetting.declared).matches(setting)
    }

    @Test(arguments: [
        ("name == 'Customer Support'", true), (#"name == "Customer Support""#, true),
        ("name=='Customer Support'", true), ("name == Customer", false),
        ("name != Customer", true), ("name contains Support", true), ("name contains support", false),
        ("name CONTAINS ''", true),
        ("name match ^Cust.*rt$", true), ("name ~ (?i)SUPPORT", true), ("name~^Support", false), ("id ~ ^1$", true),
        ("version >= 2", true), ("version < 2", false), ("version > 12", false), ("version <= 12.0", true),
        ("version == 12", true),
        ("dateModified >= 2026-03-01", true), ("dateModified < 2026-03-01T09:15:27.105Z", true),
        ("dateModified > 2026-03-02", false),
        ("dateModified == 2026-03-01T10:15:27.104+01:00", true), ("dateModified contains 2026-03", true),
        ("event.typing.on.inbound == Enabled", true), ("event.typing.on.outbound == Enabled", false),
        ("event.typing.on.outbound != Enabled", true),
        ("event.typing.on.outbound == ''", true), ("event.typing.on.outbound < zzz", false), ("name > Customer", true),
        ("name < Customes", true),
        ("name == x and id == 1 or version == 12", true), ("version == 12 or id == 1 and name == x", true),
        ("id == 1 AND name == x", false),
        ("  id   ==   1  ", true), ("name != and and id == 1", true),
    ])
    func aFilterMatchesOrNot(filter: String, matches: Bool) throws {
        #expect(try Self.matches(filter) == matches, "\(filter)")
    }

    @Test(arguments: [
        ("mediaTypes.allow.inbound contains image/png", true), ("mediaTypes.allow.inbound contains image", false),
        ("mediaTypes.allow.inbound.type contains image/*", true), ("mediaTypes.allow.inbound ~ /png$", true),
        ("mediaTypes.allow.inbound == 'image/*, image/png'", true),
        ("mediaTypes.allow.outbound contains image/png", false), ("version == 12.0", true),
        ("version == 13", false), (#"name contains 'it\'s "x"'"#, true), (#"name contains "it's \"x\"""#, true),
        (#"name contains \"#, true),
        (#"name ~ "\\ \d$""#, true),
    ])
    func arraysNumbersAndQuotes(filter: String, matches: Bool) throws {
        #expect(try Filter(filter, SupportedContent.declared).matches(Self.profile) == matches, "\(filter)")
    }

    @Test(arguments: [
        ("", "column 1 of the filter: a field is missing"), ("name", "column 5 of the filter: an operator is missing"),
        ("name ==", "column 8 of the filter: a value is missing"),
        ("name = x", #"column 6 of the filter: "=" is no operator"#),
        ("name like x", #"column 6 of the filter: "like" is no operator"#),
        ("name == Customer Support", #"column 18 of the filter: "and" or "or" is missing before "Support""#),
        ("name == 'x", "column 9 of the filter: the quote has no end"),
        ("name == x and", "column 14 of the filter: a field is missing"),
        ("name == x or or", #"there is no field "or""#),
        ("(name == x)", #"there is no field "(name""#),
        ("name ~ a(", #"column 8 of the filter: "a(" is no regular expression: the ( has no ), character 2 of it"#),
        (
            "dateModified > yesterday",
            #"column 16 of the filter: dateModified is a date such as 2026-03-01 or 2026-03-01T09:15:00Z, and "yesterday" is none"#
        ),
        ("nmae == x", #"there is no field "nmae""#),
        ("event.typing == x", "event.typing is an object, and a filter compares values"),
    ])
    func aFaultIsAUsageError(filter: String, message: String) {
        #expect {
            try Self.matches(filter)
        } throws: { error in
            let failure = error as? Failure
            return failure?.exit == .usage && failure?.message == message
        }
    }

    @Test func aFaultHasAnExampleAndTheNearestField() {
        #expect(throws: Failure.usage(#"there is no field "nmae""#, next: "Did you mean name?")) {
            try Self.matches("nmae == x")
        }
        #expect {
            try Filter("version == two", SupportedContent.declared)
        } throws: { error in
            (error as? Failure)?.message == #"column 12 of the filter: version is a number, and "two" is none"#
                && (error as? Failure)?.next == "For example: --filter 'name contains support and version >= 2'"
        }
    }
}
