import HTTPTypes
import MessagingContract
import MessagingServer
import Testing

@Suite struct DocumentTests {
    @Test func theDocumentIsPublic() async throws {
        let server = try await TestServer()
        let answer = await server.send(.get, "/openapi.json")
        #expect(answer.status == 200)
        #expect(answer.fields[.contentType] == "application/json")
        #expect(answer.body == OpenAPI.document.pretty)
    }

    @Test(arguments: ["/openapi.json", "/docs"]) func aCurrentCopyOfADocumentGets304(_ path: String) async throws {
        let server = try await TestServer()
        let tag = try #require(await server.send(.get, path).fields[.eTag])
        let again = await server.send(.get, path, fields: [.ifNoneMatch: tag])
        #expect(again.status == 304)
        #expect(again.body == nil)
        #expect(await server.send(.get, path, fields: [.ifNoneMatch: "\"another\""]).status == 200)
    }

    @Test func thePageShowsEveryOperationAndSchemaAndLoadsNothing() async throws {
        let server = try await TestServer()
        let answer = await server.send(.get, "/docs")
        #expect(answer.status == 200)
        #expect(answer.fields[.contentType] == "text/html; charset=utf-8")
        #expect(answer.fields[.contentSecurityPolicy] == "default-src 'none'; style-src 'unsafe-inline'")
        let page = String(decoding: answer.body ?? [], as: UTF8.self)
        for operation in APIOperation.all {
            #expect(page.contains("<article id=\"\(operation.id)\""), "\(operation.id)")
        }
        for (name, _) in OpenAPI.document["components"]?["schemas"]?.object?.members ?? [] {
            #expect(page.contains("<article id=\"schema-\(name)\""), "\(name)")
        }
        let targets = page.matches(of: /(?:href|src|action)="([^"]*)"/).map { String($0.1) }
        for target in Set(targets) {
            if target.hasPrefix("#") {
                #expect(page.contains("id=\"\(target.dropFirst())\""), "\(target)")
            } else {
                #expect(target == "/openapi.json")
            }
        }
        for loading in ["<script", "<link", "<img", "<iframe", "@import", "url("] {
            #expect(!page.contains(loading), "\(loading)")
        }
    }

    @Test(arguments: ["/", "/?x=1", "http://other", "http://other?x=1", "http://other/"])
    func theRootRedirectsToTheDocumentation(_ target: String) async throws {
        let server = try await TestServer()
        for method in [HTTPRequest.Method.get, .head] {
            let answer = await server.send(method, target)
            #expect(answer.status == 303)
            #expect(answer.fields[.location] == "/docs")
            #expect(answer.body == nil)
        }
        for (method, status) in [(HTTPRequest.Method.options, 204), (.post, 405), (.delete, 405)] {
            let answer = await server.send(method, target)
            #expect(answer.status.code == status)
            #expect(answer.fields[.allow] == "GET, HEAD, OPTIONS")
        }
    }

    @Test func respondsToOptionsForTheWholeServer() async throws {
        let server = try await TestServer()
        let answer = await server.send(.options, "*")
        #expect(answer.status == 204)
        #expect(answer.fields[.allow] == "DELETE, GET, HEAD, PATCH, POST, PUT, OPTIONS")
        #expect(await server.send(.get, "*").status == 404)
    }

    @Test(arguments: APIOperation.all)
    func deprecatedOperationsNameTheirSuccessors(_ operation: APIOperation) async throws {
        let server = try await TestServer()
        let target = operation.target(["a/b c"])
        let token = try await server.token()
        let answers = [
            await server.send(operation.method, target),
            await server.send(operation.method, target, token: token),
            await server.send(operation.method, target + "?a=%", token: token),
        ]
        for answer in answers {
            guard let successor = operation.successor else {
                #expect(answer.fields[.named("Deprecation")] == nil)
                #expect(answer.fields[.named("Link")] == nil)
                continue
            }
            let path = successor.split(separator: "{").first.map(String.init) ?? ""
            let whole = successor.contains("{") ? path + "a%2Fb%20c" : path
            #expect(answer.fields[.named("Link")] == "<\(whole)>; rel=\"successor-version\"")
            #expect(answer.fields[.named("Deprecation")]?.wholeMatch(of: /@[0-9]+/) != nil)
        }
    }
}
