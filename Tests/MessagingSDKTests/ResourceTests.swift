import MessagingSDK
import MessagingTesting
import Testing

@Suite struct ResourceTests {
    @Test func aSettingIsCreatedChangedAndDeleted() async throws {
        try await withMessagingServer { client in
            let made = try await client.settings.create(
                MessagingSettingRequest(
                    name: "Support",
                    event: EventSetting(typing: TypingSetting(on: SettingDirection(inbound: .enabled)))
                )
            )
            #expect(made.version == "1")
            #expect(try await client.settings.get(made.id) == made)
            var patch = Patch<MessagingSettingRequest>()
            patch.event.typing.on.outbound = .set(.disabled)
            let changed = try await client.settings.update(made.id, patch)
            #expect(changed.event?.typing?.on == SettingDirection(inbound: .enabled, outbound: .disabled))
            #expect(try await client.settings.default() == nil)
            #expect(try await client.settings.setDefault(made.id) == changed)
            #expect(try await client.settings.default() == changed)
            try await client.settings.clearDefault()
            #expect(try await client.settings.default() == nil)
            #expect(try await client.settings.list().entities == [changed])
            try await client.settings.delete(made.id)
            #expect(try await client.settings.list().total == 0)
        }
    }

    @Test func aThousandServersRunInOneProcess() async throws {
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<1_000 {
                if index >= 8 { try await group.next() }
                group.addTask {
                    try await withMessagingServer { client in
                        let made = try await client.settings.create(MessagingSettingRequest(name: "\(index)"))
                        #expect(try await client.settings.list().entities == [made])
                    }
                }
            }
            try await group.waitForAll()
        }
        print("1,000 servers in process: \(start.duration(to: .now))")
    }
}
