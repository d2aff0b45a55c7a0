import MessagingSDK
import MessagingTesting
import Testing

@Suite struct HistoryTests {
    @Test func changesAreListed() async throws {
        try await withMessagingServer { client in
            let made = try await client.settings.create(MessagingSettingRequest(name: "One"))
            var patch = Patch<MessagingSettingRequest>()
            patch.name = .set("Two")
            let changed = try await client.settings.update(made.id, patch)
            let page = try await client.changes.list(kind: .settings, id: made.id)
            #expect(page.total == 2)
            #expect(page.entities.map(\.after) == [changed, made].map(\.json.object))
            #expect(page.entities.map(\.user) == [changed.updatedBy, made.createdBy])
            let asOf = page.entities[1].revision
            let then = try await client.changes.list(kind: .settings, id: made.id, asOf: asOf, pageSize: 1)
            let object = try #require(then.entities.first?.after)
            #expect(try MessagingSetting(json: .object(object), side: .response) == made)
            #expect(Set(try await client.changes.list(pageSize: 100).entities.map(\.id)).count == 6)
        }
    }

    @Test func aWalkSeesEachChangeOnceWhateverChangesMeanwhile() async throws {
        try await withMessagingServer { client in
            for number in 0..<25 { try await client.settings.create(MessagingSettingRequest(name: "\(number)")) }
            let before = try await client.changes.list(kind: .settings, pageSize: 100).entities
            var walked: [ObjectChange] = []
            for try await change in client.changes.all(kind: .settings, pageSize: 4) {
                walked.append(change)
                try await client.settings.create(MessagingSettingRequest(name: "more"))
            }
            #expect(walked == before)
            var few: [ObjectChange] = []
            for try await change in client.changes.all(kind: .settings, asOf: before[20].revision, pageSize: 3) {
                few.append(change)
            }
            #expect(few == Array(before[20...]))
            for try await change in client.changes.all(kind: .settings, id: "none") { Issue.record("\(change)") }
        }
    }

    @Test func earlierVersionsAndDeletedObjectsAreRestored() async throws {
        try await withMessagingServer { client in
            let setting = try await client.settings.create(MessagingSettingRequest(name: "One"))
            try await client.settings.update(setting.id, Patch(MessagingSettingRequest(name: "Two")))
            let back = try await client.settings.restore(setting.id)
            #expect((back.name, back.version) == ("One", "3"))
            try await client.settings.delete(setting.id)
            #expect(try await client.settings.restore(setting.id, version: 2).name == "Two")
            let profile = try await client.supportedContent.create(SupportedContentRequest(name: "One"))
            try await client.supportedContent.delete(profile.id)
            #expect(try await client.supportedContent.restore(profile.id).version == 2)
            let tagged = CallOptions(ifMatch: EntityTag(opaque: "x"))
            for (id, version, options, status) in [
                ("none", nil, CallOptions(), 404), (profile.id, 7, CallOptions(), 400), (profile.id, 1, tagged, 412),
            ] {
                let error = await #expect(throws: MessagingError.self) {
                    try await client.supportedContent.restore(id, version: version, options: options)
                }
                #expect(error?.status == status)
            }
        }
    }

    @Test func impossibleQueriesAreNotSent() async throws {
        try await withMessagingServer { client in
            for attempt in [
                { try await client.changes.list(id: "x") }, { try await client.changes.list(pageSize: 101) },
                { try await client.changes.list(asOf: -1) },
            ] as [() async throws -> Listing<ObjectChange>] {
                let error = await #expect(throws: MessagingError.self) { try await attempt() }
                #expect(error?.reason == .invalidRequest)
                #expect(error?.operation == "getPlatformChanges")
            }
            let error = await #expect(throws: MessagingError.self) { try await client.changes.list(asOf: 1_000) }
            #expect((error?.status, error?.body?.code) == (400, "invalid.query.param.value"))
        }
    }
}
