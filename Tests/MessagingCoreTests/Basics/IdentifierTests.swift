import Foundation
import MessagingContract
import MessagingCore
import Testing

@Suite struct IdentifierTests {
    @Test func everyIDIsAUUIDOfItsOwn() throws {
        let (random4, ordered7) = (try Self.form("4"), try Self.form("7"))
        let random = (0..<5_000).map { _ in Surroundings.system.makeID() }
        let ordered = (0..<5_000).map { _ in Surroundings.system.makeOrderedID() }
        #expect(Set(random + ordered).count == 10_000)
        #expect(random.allSatisfy { $0.wholeMatch(of: random4) != nil })
        #expect(ordered.allSatisfy { $0.wholeMatch(of: ordered7) != nil })
        #expect(random.allSatisfy { UUID(uuidString: $0) != nil })
    }

    @Test func orderedIDsBeginWithTheirMillisecond() throws {
        let before = Date().millisecondsSince1970
        let ids = (0..<1_000).map { _ in Surroundings.system.makeOrderedID() }
        let after = Date().millisecondsSince1970
        let times = ids.map { Int64($0.replacing("-", with: "").prefix(12), radix: 16) ?? 0 }
        #expect(times == times.sorted())
        #expect(times.allSatisfy { (before...after).contains($0) })
    }

    private static func form(_ version: Character) throws -> Regex<AnyRegexOutput> {
        try Regex("[0-9a-f]{8}-[0-9a-f]{4}-\(version)[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    }
}
