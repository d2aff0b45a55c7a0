import Allocations
import MessagingContract
import MessagingCore
import Testing

/// Changing one of 100,000 objects costs about as much as changing one of 10, while the previous snapshot is kept.
@Suite(.enabled(if: allocationsAreCounted))
struct RuleCostTests {
    private static func organization(of count: Int) throws -> Organization {
        let records = (0..<count).map { number in
            let setting = MessagingSetting(MessagingSettingRequest(name: "name \(number)"), .sample(id: "id-\(number)"))
            return Record(kind: .messagingSetting, id: setting.id, bytes: setting.json.bytes)
        }
        return try Organization(StoredOrganization(id: "o-1", revision: 1, records: records))
    }

    /// Returns the allocations of one of `times` changes, each on a fresh draft of the same snapshot.
    private static func cost(
        in snapshot: Organization,
        _ rule: (inout Draft, String) throws -> Void
    ) throws -> (calls: Int, bytes: Int) {
        let times = 200
        let stamps = (0..<times).map { Stamp.sample(id: "new-\($0)") }
        var failure: (any Error)?
        let total = countingAllocations {
            for (number, stamp) in stamps.enumerated() {
                var draft = Draft(snapshot, stamp)
                do { try rule(&draft, "id-\(number % 10)") } catch { failure = error }
            }
        }
        if let failure { throw failure }
        return (total.calls / times, total.bytes / times)
    }

    @Test func changesCostAtMostFiveTimesAsMuchInALargeOrganization() throws {
        let (small, large) = (try Self.organization(of: 10), try Self.organization(of: 100_000))
        let patch = try MergePatch<MessagingSettingRequest>(#"{"event":{"typing":{"on":{"inbound":"Enabled"}}}}"#)
        let rules: [(String, (inout Draft, String) throws -> Void)] = [
            ("update", { _ = try $0.update(MessagingSetting.self, $1, patch) }),
            ("create", { draft, _ in _ = try draft.create(MessagingSetting.self, .init(name: "name")) }),
            ("delete", { try $0.delete(MessagingSetting.self, $1) }),
        ]
        for (name, rule) in rules {
            let (few, many) = (try Self.cost(in: small, rule), try Self.cost(in: large, rule))
            #expect(few.calls > 0)
            #expect(many.calls <= 5 * few.calls, "\(name): \(many) against \(few)")
            #expect(many.bytes <= 5 * few.bytes, "\(name): \(many) against \(few)")
        }
    }
}
