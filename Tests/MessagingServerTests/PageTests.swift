import HTTPTypes
import MessagingContract
import MessagingCore
import NIOCore
import Testing

@testable import MessagingServer

/// The pages and assets for people, outside the API, and their audit.
@Suite struct PageTests {
    @Test(arguments: APIOperation.pages) func aPageIsNoOperationOfTheAPI(_ page: APIOperation) {
        #expect(page.access == .open)
        #expect(page.errorForm == .page)
        #expect(!APIOperation.all.contains { $0.id == page.id || $0.path == page.path })
        for prefix in ["/api", "/platform", "/oauth", "/health", "/metrics", "/.well-known", "/openapi.json"] {
            #expect(!page.path.hasPrefix(prefix))
        }
        #expect(OpenAPI.document["paths"]?[page.path] == nil)
    }

    @Test func noOperationOfTheAPIReportsErrorsAsPages() {
        #expect(!APIOperation.all.contains { $0.errorForm == .page })
    }

    @Test(arguments: APIOperation.pages) func aPageLoadsNothingOrRedirects(_ page: APIOperation) async throws {
        let server = try await TestServer()
        let response = await server.send(page.method, page.path)
        if response.status == .seeOther {
            let target = try #require(response.fields[.location])
            #expect(APIOperation.pages.contains { $0.path == target })
        } else {
            #expect(response.status == .ok)
            #expect(response.fields[.contentType] == "text/html; charset=utf-8")
            #expect(response.fields[.contentSecurityPolicy] == "default-src 'none'; style-src 'unsafe-inline'")
        }
    }

    @Test(arguments: [
        (HTTPRequest.Method.get, "/docs/none", 404, APIError.notFound.message),
        (.post, "/docs", 405, APIError.methodNotAllowed.message), (.post, "/", 405, APIError.methodNotAllowed.message),
        (.get, "/docs?a=%", 400, "The query has an invalid escape."),
    ])
    func errorsBelowPagesArePages(_ method: HTTPRequest.Method, _ target: String, _ status: Int, _ text: String)
        async throws
    {
        let server = try await TestServer()
        let response = await server.send(method, target)
        #expect(response.status.code == status)
        #expect(response.fields[.contentType] == "text/html; charset=utf-8")
        #expect(response.fields[.contentSecurityPolicy] == "default-src 'none'; style-src 'unsafe-inline'")
        let page = String(decoding: response.body ?? [], as: UTF8.self)
        #expect(page.contains("<h1>\(status) "))
        #expect(page.contains(try #require(response.fields[.correlation])))
        #expect(page.contains(text.escapedForHTML))
    }

    @Test(arguments: [
        ("<a b=\"c\" d='e'>&", "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;"),
        ("\u{600}<i\"\u{301}\u{600}>", "\u{600}&lt;i&quot;\u{301}\u{600}&gt;"),
    ])
    func textIsEscapedForHTML(_ text: String, _ escaped: String) {
        #expect(Array(text.escapedForHTML.utf8) == Array(escaped.utf8))
        #expect(ErrorPage(.badRequest(text), contextID: "x").text.contains(escaped))
    }

    @Test(arguments: ["/api/none", "/nothing", "//docs", "/doc", "/docsx", "/%64ocs/none"])
    func errorsElsewhereAreTheAPIs(_ target: String) async throws {
        let server = try await TestServer()
        let response = await server.send(.get, target)
        #expect((response.status, response.code) == (404, "not.found"))
    }

    // MARK: Tails, cookies and redirects

    private static let asset = Endpoint<EntityID, NoBody, ReferencePage>(
        "getAsset",
        .get,
        "/console/{file...}",
        access: .open,
        tag: "Pages",
        summary: "Get a file",
        errorForm: .page
    )
    private static let signIn = Endpoint<NoParameters, NoBody, Redirection>(
        "postConsoleSignIn",
        .post,
        "/console/sign-in",
        access: .open,
        tag: "Pages",
        summary: "Sign in",
        errorForm: .page
    )

    private static func responder() -> Responder {
        var routes = Routes(of: [asset.operation, signIn.operation])
        routes.on(asset) { (file, _, call) throws(APIError) in
            let cookies = call.request.values(of: .cookie).joined()
            return Reply<ReferencePage>(bytes: Array("\(file.id) \(cookies)".utf8))
        }
        routes.on(signIn) { (_, _, _) throws(APIError) in
            var reply = Reply<Redirection>(redirectingTo: "/console/index.html")
            reply.content.fields.add(.setCookie, "session=a; HttpOnly; SameSite=Strict")
            reply.content.fields.add(.setCookie, "theme=dark")
            return reply
        }
        return Responder(routes, identity: nil, in: .system, logger: .silent)
    }

    private static func send(
        _ method: HTTPRequest.Method,
        _ target: String,
        _ fields: HTTPFields = [:]
    ) async -> OutgoingResponse {
        let head = HTTPRequest(method: method, scheme: "http", authority: "test", path: target, headerFields: fields)
        return await responder().respond(to: IncomingRequest(head: head))
    }

    @Test(arguments: [
        ("/console/a", "a"), ("/console/a/b.css?v=1", "a/b.css"), ("/console/a%20b/c%25", "a b/c%"),
        ("/console/sign-in/a", "sign-in/a"),
    ])
    func aTailIsTheRestOfThePath(_ target: String, _ file: String) async throws {
        let response = await Self.send(.get, target)
        #expect(String(decoding: response.body ?? [], as: UTF8.self) == "\(file) ")
    }

    @Test(arguments: [
        "/console", "/console/", "/console/a/", "/console//a", "/console/a//b", "/console/..", "/console/a/../b",
        "/console/%2e%2e/a", "/console/a%2Fb", "/console/a%2f..%2fb", "/console/a%00", "/console/a%zz",
        "/console/a%0D%0Ab", "/console/%7F", "/console/..%5Ca",
    ])
    func aTailHasNoEmptyOrDotSegmentsAndNoEncodedSlash(_ target: String) async throws {
        let response = await Self.send(.get, target)
        #expect(response.status == .notFound)
        #expect(response.fields[.contentType] == "text/html; charset=utf-8")
    }

    @Test func aLiteralSegmentHasPrecedenceOverATail() async throws {
        let response = await Self.send(.get, "/console/sign-in")
        #expect((response.status, response.fields[.allow]) == (.methodNotAllowed, "POST, OPTIONS"))
    }

    @Test func aPageMaySetCookiesAndRedirect() async throws {
        let response = await Self.send(.post, "/console/sign-in")
        #expect((response.status, response.body) == (.seeOther, nil))
        #expect(response.fields[.location] == "/console/index.html")
        #expect(response.fields[values: .setCookie] == ["session=a; HttpOnly; SameSite=Strict", "theme=dark"])
        let page = await Self.send(.get, "/console/index.html", [.cookie: "session=a"])
        #expect(String(decoding: page.body ?? [], as: UTF8.self) == "index.html session=a")
    }
}
