import MessagingServer
import Testing

extension Edge {
    @Suite struct PipeliningTests {
        @Test(arguments: Way.allCases) func responsesComeInOrder(_ way: Way) async throws {
            try await ListeningServer.run { server in
                let read = try await server.read(way)
                let client = try await server.connect()
                let token = try await server.server.token()
                let body = #"{"name":"\#("x")"}"#
                try await client.send(
                    read + "GET /nothing HTTP/1.1\r\nHost: test\r\n\r\n"
                        + "POST /api/v2/messaging/settings HTTP/1.1\r\nHost: test\r\n"
                        + "Authorization: Bearer \(token)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
                        + "POST /api/v2/messaging/settings HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n"
                        + "Authorization: Bearer \(token)\r\n\r\n7;a=b\r\n{\"name\"\r\n5\r\n:\"\u{D}\u{A}\"\r\n1\r\n}\r\n0\r\nA: b\r\n\r\n"
                        + read
                )
                var statuses: [Int] = []
                for _ in 0..<5 { statuses.append(try await client.answer().status) }
                #expect(statuses == [200, 404, 200, 400, 200])
                #expect(!client.isClosed)
            }
        }

        @Test(arguments: Way.allCases) func manyRequestsInOneSegment(_ way: Way) async throws {
            try await ListeningServer.run { server in
                let read = try await server.read(way)
                let client = try await server.connect()
                try await client.send(String(repeating: read, count: 500))
                for _ in 0..<500 { #expect(try await client.answer().status == 200) }
            }
        }

        @Test(arguments: Way.allCases) func garbageIsRefusedAfterThePreviousResponses(_ way: Way) async throws {
            try await ListeningServer.run { server in
                let read = try await server.read(way)
                let client = try await server.connect()
                try await client.send(read + read + "garbage\r\n\r\n" + read)
                #expect(try await client.answer().status == 200)
                let second = try await client.answer()
                #expect(second.status == 200)
                #expect(!second.closes)
                await expectRefusal(try await client.answer(), 400, "bad.request", from: client)
            }
        }

        @Test(arguments: Way.allCases) func nothingIsSentAfterTheLastResponse(_ way: Way) async throws {
            try await ListeningServer.run { server in
                let read = try await server.read(way)
                let client = try await server.connect()
                try await client.send(
                    read + server.read(way, "Connection: close\r\n") + read + "garbage\r\n\r\n"
                )
                #expect(try await !client.answer().closes)
                #expect(try await client.answer().closes)
                #expect(await client.rest() == "")
            }
        }

        @Test(arguments: Way.allCases) func theConnectionClosesWhenItMust(_ way: Way) async throws {
            try await ListeningServer.run { server in
                let client = try await server.connect()
                let answer = try await client.ask(server.read(way, "Connection: Keep-Alive, Close\r\n"))
                #expect(answer.status == 200)
                #expect(answer.closes)
                #expect(await client.rest() == "")
            }
        }

        @Test(
            arguments: [
                "Proxy-Connection: Upgrade\r\nUpgrade: h2c\r\n",
                "Connection: Upgrade\r\nUpgrade: h2c\r\n", "Connection: keep-alive, upgrade\r\nUpgrade: websocket\r\n",
            ],
            Way.allCases
        )
        func theOfferOfAnotherProtocolIsDeclined(_ fields: String, _ way: Way) async throws {
            try await ListeningServer.run { server in
                let offer = try await server.read(way, fields)
                let read = try await server.read(way)
                let client = try await server.connect()
                for _ in 0..<3 {
                    let answer = try await client.ask(offer)
                    #expect((answer.status, answer.closes) == (200, false))
                }
                try await client.send(String(repeating: offer + "\r\n" + read + offer, count: 5))
                try await client.closeOutput()
                for _ in 0..<15 { #expect(try await client.answer().status == 200) }
                #expect(await client.rest() == "")
            }
        }

        @Test(arguments: Way.allCases) func nothingIsReadAfterAConnect(_ way: Way) async throws {
            try await ListeningServer.run { server in
                let read = try await server.read(way)
                let client = try await server.connect()
                try await client.send("CONNECT test:80 HTTP/1.1\r\nHost: test:80\r\n\r\n" + read)
                await expectRefusal(try await client.answer(), 404, "not.found", from: client)
            }
        }

        @Test(arguments: Way.allCases) func readRequestsGetResponsesAfterTheClientsEnd(_ way: Way) async throws {
            try await ListeningServer.run { server in
                let read = try await server.read(way)
                let client = try await server.connect()
                try await client.send(String(repeating: read, count: 20))
                try await client.closeOutput()
                for _ in 0..<20 { #expect(try await client.answer().status == 200) }
                #expect(await client.rest() == "")
            }
        }

        @Test(arguments: Way.allCases) func linesBeforeARequestAreIgnored(_ way: Way) async throws {
            try await ListeningServer.run { server in
                let read = try await server.read(way)
                let client = try await server.connect()
                #expect(try await client.ask("\r\n\r\n" + read).status == 200)
                #expect(try await client.ask("\r\n" + read).status == 200)
            }
        }
    }
}
