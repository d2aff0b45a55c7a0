import MessagingSDK
import MessagingTesting
import Testing

@Suite struct SimulationTests {
    @Test func aProposalIsSimulatedAndBecomesAProfile() async throws {
        try await withMessagingServer { client in
            let profile = try await client.supportedContent.create(
                SupportedContentRequest(
                    name: "Pictures",
                    mediaTypes: MediaTypes(allow: MediaTypeAccess(inbound: [MediaType(type: "image/*")]))
                )
            )
            let csv = AttachmentLog(
                Array("direction,mime\r\nInbound,image/png\r\nInbound,video/mp4\r\noops\r\n".utf8),
                format: .csv
            )
            let today = try await client.simulations.run(profile.id, on: csv)
            #expect((today.rows, today.today.allowedRows, today.proposed) == (2, 1, nil))
            #expect(today.firstMalformedRows.map(\.line) == [4])
            let smallest = try #require(today.smallestMediaTypes)
            let then = try await client.simulations.run(profile.id, on: csv, proposing: smallest)
            #expect(then.proposed?.blockedRows == 0)
            #expect(then.newlyAllowedRows == 1)
            #expect(then.groups.map(\.proposed?.allowed) == [true, true])
            let all = try await client.supportedContent.create(
                SupportedContentRequest(name: "All", mediaTypes: smallest)
            )
            #expect(all.mediaTypes == smallest)
            let nothing = try await client.simulations.run(profile.id, on: csv, proposing: MediaTypes())
            #expect(nothing.groups.map(\.proposed?.allowed) == [false, false])
        }
    }

    @Test func aMissingProfileIs404() async throws {
        try await withMessagingServer { client in
            let log = AttachmentLog([], format: .jsonLines)
            let error = await #expect(throws: MessagingError.self) { try await client.simulations.run("none", on: log) }
            #expect(error?.status == 404)
        }
    }

    /// A simulation changes nothing, so it is repeated, unlike other POST requests.
    @Test func aSimulationIsRepeated() async throws {
        try await ScriptedHost.run({ number, _ in number == 1 ? .response(503, "{}") : .response(200, #"{"rows":7}"#) })
        {
            host in
            let client = host.client()
            let log = AttachmentLog(Array("x".utf8), format: .csv)
            #expect(try await client.simulations.run("a", on: log, proposing: MediaTypes()).rows == 7)
            #expect(host.requests.map(\.body) == ["x", "x"])
            let request = try #require(host.requests.last)
            #expect(request.target == "/platform/v1/supportedcontent/a/simulations?mediaTypes=%7B%7D")
            #expect(request.fields["content-type"] == "text/csv")
        }
    }
}
