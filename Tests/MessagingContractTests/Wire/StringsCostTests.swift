import Allocations
import MessagingContract
import Testing

@Suite(.enabled(if: allocationsAreCounted))
struct StringsCostTests {
    @Test func manyMembersAreReadWithoutGrowing() throws {
        let members = (0..<10_000).map { #""\#($0)":"a""# }.joined(separator: ",")
        let object = try JSON(parsing: Array("{\(members)}".utf8))
        // What the runtime allocates once is not counted.
        var strings = try [String: String](json: object, side: .request)
        let total = try countingAllocations { strings = try [String: String](json: object, side: .request) }
        #expect(strings.count == 10_000)
        // Without optimization, each member takes one of its own.
        #expect(total.calls % 10_000 <= 4, "\(total)")
    }
}
