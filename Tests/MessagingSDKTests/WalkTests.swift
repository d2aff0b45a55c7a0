import Foundation
import MessagingSDK
import MessagingTesting
import Testing

@Suite(.generousLimit) struct WalkTests {
    private func fill(_ client: MessagingClient, _ count: Int) async throws -> [MessagingSetting] {
        var made: [MessagingSetting] = []
        for index in 0..<count {
            made.append(try await client.settings.create(MessagingSettingRequest(name: String(format: "m%03d", index))))
        }
        return made
    }

    private func ids(_ walk: AllObjects<MessagingSetting>) async throws -> [String] {
        var ids: [String] = []
        for try await setting in walk { ids.append(setting.id) }
        return ids
    }

    @Test(arguments: [(0, 10), (1, 10), (10, 10), (11, 10), (25, 1)])
    func everyObjectComesOnceAndInOrder(_ count: Int, _ pageSize: Int) async throws {
        try await withMessagingServer { client in
            let made = try await fill(client, count)
            #expect(try await ids(client.settings.all(pageSize: pageSize)) == made.map(\.id))
        }
    }

    @Test func pagesAreRequestedWhenTheyAreNeeded() async throws {
        let page: @Sendable (Int) -> String = { number in
            let entities = (0..<2).map { #"{"id":"\#(number)-\#($0)"}"# }.joined(separator: ",")
            return #"{"entities":[\#(entities)],"pageCount":3,"total":6}"#
        }
        try await ScriptedHost.run({ number, _ in .response(200, page(number)) }) { host in
            var walk = host.client().settings.all(pageSize: 2).makeAsyncIterator()
            #expect(host.requests.isEmpty)
            _ = try await walk.next()
            _ = try await walk.next()
            #expect(host.requests.map(\.target) == ["/api/v2/conversations/messaging/settings?pageSize=2&pageNumber=1"])
            _ = try await walk.next()
            #expect(host.requests.count == 2)
            while try await walk.next() != nil {}
            #expect(host.requests.count == 3)
            let after = try await walk.next()
            #expect(after == nil)
            #expect(host.requests.count == 3)
        }
    }

    @Test func aPageWithANextURIIsFollowed() async throws {
        try await ScriptedHost.run({ number, _ in
            let next = number < 3 ? #","nextUri":"/next""# : ""
            return .response(200, #"{"entities":[{"id":"\#(number)"}]\#(next)}"#)
        }) { host in
            let seen = try await ids(host.client().settings.all())
            #expect(seen == ["1", "2", "3"])
            #expect(host.requests.count == 3)
        }
    }

    @Test func aHostThatNeverEndsDoesNotKeepTheWalkGoing() async throws {
        let page = #"{"entities":[{"id":"a"},{"id":"b"}],"pageCount":2147483647,"total":9}"#
        try await ScriptedHost.run({ _, _ in .response(200, page) }) { host in
            let seen = try await ids(host.client().settings.all())
            #expect(seen == ["a", "b"])
            #expect(host.requests.count == 2)
        }
    }

    @Test func insertsBeforeTheWalkHideNoObject() async throws {
        try await withMessagingServer { client in
            let made = try await fill(client, 6)
            var walk = client.settings.all(pageSize: 1).makeAsyncIterator()
            var seen: [String] = []
            for _ in 0..<3 { seen.append(try #require(try await walk.next()).id) }
            for _ in 0..<5 { try await client.settings.create(MessagingSettingRequest(name: "a")) }
            while let next = try await walk.next() { seen.append(next.id) }
            #expect(seen.filter { id in made.contains { $0.id == id } } == made.map(\.id))
        }
    }

    @Test func aFailedPageIsRequestedAgain() async throws {
        try await ScriptedHost.run({ number, _ in
            number == 2
                ? .response(500)
                : .response(200, #"{"entities":[{"id":"\#(number)"}],"pageCount":2,"total":2}"#)
        }) { host in
            var walk = host.client().settings.all(pageSize: 1).makeAsyncIterator()
            let first = try await walk.next()
            #expect(first?.id == "1")
            do throws(MessagingError) {
                _ = try await walk.next()
                Issue.record("a page that failed was taken for the end")
            } catch {
                #expect(error.status == 500)
            }
            let again = try await walk.next()
            #expect(again?.id == "3")
            #expect(host.requests.last?.target.hasSuffix("pageNumber=2") == true)
        }
    }

    @Test func anInsertThatShowsAPageAgainDoesNotEndTheWalk() async throws {
        try await withMessagingServer { client in
            let made = try await fill(client, 4)
            var walk = client.settings.all(pageSize: 1).makeAsyncIterator()
            var seen = [try await walk.next()?.id]
            try await client.settings.create(MessagingSettingRequest(name: "a"))
            while let next = try await walk.next() { seen.append(next.id) }
            #expect(seen == made.map(\.id))
        }
    }

    @Test func eachDeleteOmitsAtMostOneObject() async throws {
        try await withMessagingServer { client in
            let made = try await fill(client, 6)
            var walk = client.settings.all(pageSize: 2).makeAsyncIterator()
            var seen = [try await walk.next()?.id, try await walk.next()?.id]
            try await client.settings.delete(made[0].id)
            while let next = try await walk.next() { seen.append(next.id) }
            #expect(seen == [0, 1, 3, 4, 5].map { made[$0].id })
        }
    }

    @Test func endlesslyAlternatingPagesAreAnError() async throws {
        try await ScriptedHost.run({ number, _ in
            .response(200, #"{"entities":[{"id":"\#(number % 2)"}],"pageNumber":\#(number),"pageCount":99999}"#)
        }) { host in
            var seen: [String] = []
            let error = await #expect(throws: MessagingError.self) {
                for try await setting in host.client().settings.all() { seen.append(setting.id) }
            }
            #expect(seen == ["1", "0"])
            #expect(error?.reason == .unreadable)
            #expect(error?.outcomeIsUnknown == false)
            #expect(host.requests.count == 1_002)
        }
    }

    @Test func aListWithoutObjectsIsUnreadable() async throws {
        try await ScriptedHost.run({ _, _ in .response(200, "{}") }) { host in
            let error = await #expect(throws: MessagingError.self) { try await ids(host.client().settings.all()) }
            #expect(error?.reason == .unreadable)
        }
    }

    @Test func insertsBehindTheWalkAreYielded() async throws {
        try await withMessagingServer { client in
            let made = try await fill(client, 5)
            var walk = client.settings.all(pageSize: 2).makeAsyncIterator()
            var seen = [try await walk.next()?.id]
            let behind = try await client.settings.create(MessagingSettingRequest(name: "z"))
            let before = try await client.settings.create(MessagingSettingRequest(name: "a"))
            while let next = try await walk.next() { seen.append(next.id) }
            #expect(seen == made.map(\.id) + [behind.id])
            #expect(!seen.contains(before.id))
        }
    }
}
