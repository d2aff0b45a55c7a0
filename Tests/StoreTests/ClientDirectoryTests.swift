import MessagingCore
import Testing

@Suite struct ClientDirectoryTests {
    @Test(arguments: Engine.all) func aClientLeadsToItsOrganization(engine: Engine) async throws {
        try await engine.withStore { store throws in
            _ = await store.commit([
                .put("o1", from: 0, kind: .client, id: "c1"), .put("o2", from: 0, kind: .client, id: "c2"),
                .put("o3", from: 0, kind: .setting, id: "c3"),
            ])
            #expect(try await store.client("c1")?.organization == "o1")
            #expect(try await store.client("c2")?.organization == "o2")
            #expect(try await store.client("c1")?.bytes == Array("{}".utf8))
            #expect(try await store.client("c3")?.organization == nil)
            #expect(try await store.client("c1\0")?.organization == nil)
            #expect(try await store.client("")?.organization == nil)
            _ = await store.commit([.step("o1", from: 1, .sample(2, kind: .client, id: "c1", after: nil))])
            #expect(try await store.client("c1")?.organization == nil)
        }
    }

    @Test(arguments: Engine.all) func aClientIDIsTakenOnce(engine: Engine) async throws {
        try await engine.withStore { store throws in
            _ = await store.commit([.put("o1", from: 0, kind: .client, id: "c1", "mine")])
            let outcomes = await store.commit([
                .put("o2", from: 0, id: "before"),
                .step("o3", from: 0, .sample(1, id: "s"), .sample(1, position: 1, kind: .client, id: "c1")),
                .put("o4", from: 0, id: "after"), .put("o1", from: 1, kind: .client, id: "c1", "changed"),
            ])
            #expect(outcomes == [.committed, .unavailable, .committed, .committed])
            #expect(try await store.organizations() == ["o1", "o2", "o4"])
            #expect(try await store.changes(of: "o3", after: 0, limit: 5) == [])
            #expect(try await store.client("c1")?.organization == "o1")
            #expect(try await store.text("o1", "c1") == "changed")
        }
    }
}
