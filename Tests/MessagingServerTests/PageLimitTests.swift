import MessagingContract
import Testing

@testable import MessagingServer

@Suite struct PageLimitTests {
    @Test func aPageOverTheLimitOfAResponseIsRefused() throws {
        let object = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)
        let page = try Paging(pageSize: 100, pageNumber: 1)
        let listing = Listing<MessagingSetting>(page: page, total: 100, path: "/settings")
        #expect(try listing.bytes(with: Array(repeating: object, count: 31)).count > 31 << 20)
        let error = #expect(throws: APIError.self) { try listing.bytes(with: Array(repeating: object, count: 32)) }
        #expect(error?.status == 400)
        #expect(error?.code == "response.too.large")
    }
}
