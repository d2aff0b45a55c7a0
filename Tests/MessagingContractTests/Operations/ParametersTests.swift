import MessagingContract
import Testing

@Suite struct ParametersTests {
    @Test(arguments: [
        ("", 25, 1), ("pageSize=&pageNumber=", 25, 1), ("pageNumber=2147483647&pageSize=100", 100, 2_147_483_647),
    ])
    func pagesAreRead(_ query: String, _ size: Int, _ number: Int) throws {
        let page = try Paging(pathParameters: [], query: #require(Query(parsing: query)))
        #expect(page.pageSize == size)
        #expect(page.pageNumber == number)
        #expect(try Paging(pathParameters: [], query: page.query) == page)
    }

    @Test(arguments: [
        "pageSize=0", "pageSize=101", "pageSize=-1", "pageSize=abc", "pageSize=1.0", "pageSize=99999999999999999999",
        "pageNumber=0", "pageNumber=2147483648", "pageNumber=-9223372036854775808", "pageNumber=%201", "pageSize=%2B5",
    ])
    func otherPagesAreRefused(_ query: String) throws {
        let query = try #require(Query(parsing: query))
        let error = #expect(throws: APIError.self) { try Paging(pathParameters: [], query: query) }
        #expect(error?.status == 400)
        #expect(error?.code == "invalid.query.param.value")
        #expect(error?.details.first?.fieldName == query.items[0].name)
    }

    @Test func queriesReadWhatTheyWrite() throws {
        let items = [("a b", "c+d&e=f%"), ("", ""), ("ü", "日本 \u{1F600}"), ("a b", "again")]
        let query = try #require(Query(parsing: Query(items).text))
        #expect(query.items.map(\.name) == items.map(\.0))
        #expect(query.items.map(\.value) == items.map(\.1))
        #expect(query["a b"] == "c+d&e=f%")
    }

    @Test(arguments: ["a=%", "a=%2", "a=%zz", "a=%ff", "%c3=1"])
    func aQueryWithInvalidEscapesIsRefused(_ text: String) { #expect(Query(parsing: text) == nil) }

    @Test func anErrorNamesTheRefusedValueInValidJSON() throws {
        let query = try #require(Query(parsing: "pageSize=1%00"))
        let error = try #require(throws: APIError.self) { try Paging(pathParameters: [], query: query) }
        let parsed = try JSON(parsing: error.json.bytes)
        #expect(parsed["code"]?.string == "invalid.query.param.value")
        #expect(parsed["messageParams"]?["value"]?.string == "1\u{FFFD}")
    }

    @Test(arguments: [
        (60, 1, 25, 3, nil, 2), (60, 2, 25, 3, 1, 3), (60, 3, 25, 3, 2, nil), (0, 1, 25, 0, nil, nil),
        (0, 5, 25, 0, nil, nil),
        (25, 1, 25, 1, nil, nil), (26, 9, 25, 2, 2, nil),
    ])
    func listingsLinkToTheirNeighbors(
        _ total: Int,
        _ number: Int,
        _ size: Int,
        _ pages: Int,
        _ previous: Int?,
        _ next: Int?
    ) throws {
        let listing = Listing<MessagingSetting>(
            page: try Paging(pageSize: size, pageNumber: number),
            total: total,
            path: "/p"
        )
        let uri = { (number: Int) in "/p?pageSize=\(size)&pageNumber=\(number)" }
        #expect(listing.pageCount == pages)
        #expect(listing.firstUri == uri(1))
        #expect(listing.lastUri == uri(max(pages, 1)))
        #expect(listing.selfUri == uri(number))
        #expect(listing.previousUri == previous.map(uri))
        #expect(listing.nextUri == next.map(uri))
    }
}
