import MessagingContract
import Testing

@Suite struct HistoryTests {
    @Test(arguments: [
        "", "kind=settings", "kind=supportedcontent&id=a%20b%26c", "kind=defaults&id=settings&asOf=0",
        "asOf=9223372036854775807&pageNumber=3&pageSize=7",
    ])
    func aQueryIsWrittenAsItIsRead(_ text: String) throws {
        let query = try ChangesQuery(pathParameters: [], query: #require(Query(parsing: text)))
        #expect(try ChangesQuery(pathParameters: [], query: query.query) == query)
        #expect(try ChangesQuery(query.page, kind: query.kind, id: query.id, asOf: query.asOf) == query)
        for part in text.split(separator: "&") where !part.hasPrefix("page") {
            #expect(query.filter.text.split(separator: "&").contains(part))
        }
    }

    @Test func aRevisionMustNotBeInTheFuture() throws {
        let page = try Paging()
        #expect(try ChangesQuery(page).settled(at: 7).asOf == 7)
        #expect(
            try ChangesQuery(page, kind: .clients, id: "x", asOf: 3).settled(at: 7)
                == .init(page, kind: .clients, id: "x", asOf: 3)
        )
        #expect(try ChangesQuery(page, asOf: 7).settled(at: 7).asOf == 7)
        let error = #expect(throws: APIError.self) { try ChangesQuery(page, asOf: 8).settled(at: 7) }
        #expect(error?.details.first?.fieldName == "asOf")
        #expect(throws: APIError.self) { try ChangesQuery(page, asOf: -1) }
        #expect(throws: APIError.self) { try ChangesQuery(page, id: "x") }
    }

    @Test(arguments: [
        (#"{}"#, nil), (#"{"version":null,"other":1}"#, nil), (#"{"version":7}"#, 7), (#"{"version":"7"}"#, 7),
        (#"{"version":1e2}"#, 100), (#"{"version":"9223372036854775807"}"#, Int.max),
    ])
    func versionsAreNumbersOrTheirDigits(_ text: String, _ version: Int?) throws {
        let request = try RestorationRequest(document: Array(text.utf8))
        #expect(request == RestorationRequest(version: version))
        #expect(request.version?.number == version)
        #expect(try RestorationRequest(document: request.json.bytes) == request)
    }

    @Test func aChangeIsReadAsItIsWritten() throws {
        let text =
            #"{"revision":7,"position":0,"kind":"later","objectId":"o","date":"2026-03-01T09:15:27.104Z","#
            + #""operation":"x","contextId":"c","before":{"b":[],"a":{}},"after":{}}"#
        let change = try ObjectChange(json: JSON(parsing: Array(text.utf8)), side: .response)
        #expect(change.json.bytes == Array(text.utf8))
        #expect(change.kind == ObjectKind(rawValue: "later"))
        #expect(change.id == "7.0")
        #expect((change.client, change.after, change.before?["b"]) == (nil, [:], []))
    }
}
