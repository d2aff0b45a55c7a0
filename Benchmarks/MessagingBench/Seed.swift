import ArgumentParser
import Foundation
import MessagingContract
import MessagingCore

/// Fills a new database with organizations, of which each has a client and objects.
///
/// The client of the first one has the id in MESSAGING_BOOTSTRAP_CLIENT_ID; of the others, its last twelve digits are the number of
/// the organization. All have the secret in MESSAGING_BOOTSTRAP_CLIENT_SECRET.
struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "seed", abstract: "A database to measure with.")

    @Option(help: "The database file, or the address of a PostgreSQL database.")
    var database: String

    @Option(help: "How many organizations.")
    var organizations = 1

    @Option(help: "How many settings in the first one. The others have one.")
    var objects = 10

    @Flag(help: "Give the others as many settings as the first one.")
    var inEach = false

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let id = environment["MESSAGING_BOOTSTRAP_CLIENT_ID"],
            let secret = environment["MESSAGING_BOOTSTRAP_CLIENT_SECRET"]
        else { throw ValidationError("set MESSAGING_BOOTSTRAP_CLIENT_ID and MESSAGING_BOOTSTRAP_CLIENT_SECRET") }
        try await withStore(database) { store in
            try await fill(store, id, secret)
        }
    }

    private func fill(_ store: any Store, _ id: String, _ secret: String) async throws {
        let all = Organizations(store: store, limits: OrganizationLimits(objects: .max, bytes: .max))
        let (objects, others) = (objects, inEach ? objects : 1)
        try await inParallel(organizations, 1_000) { number in
            let client = ClientRegistration(
                id: number == 0 ? id : id.prefix(24) + String(String(1_000_000_000_000 + number).dropFirst()),
                secret: secret,
                name: "Bench"
            )
            let organization = try await all.create(name: "Bench \(number)", with: client, by: .bench).id
            try await inParallel(number == 0 ? objects : others, 512) { object in
                _ = try await all.change(organization, by: .bench) { (draft) throws(APIError) in
                    try draft.create(MessagingSetting.self, .bench(object))
                }
            }
        }
    }
}

/// Runs `body` for each number below `count`, at most `width` at a time.
private func inParallel(
    _ count: Int,
    _ width: Int,
    _ body: @escaping @Sendable (Int) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<count {
            if number >= width { try await group.next() }
            group.addTask { try await body(number) }
        }
        try await group.waitForAll()
    }
}

extension MessagingSettingRequest {
    /// A setting that says something of all there is.
    static func bench(_ number: Int) -> MessagingSettingRequest {
        let on = InboundOnlySetting(inbound: .enabled)
        return MessagingSettingRequest(
            name: "Bench setting \(String(1_000_000 + number).dropFirst())",
            content: ContentSetting(story: StorySetting(mention: on, reply: on)),
            event: EventSetting(typing: TypingSetting(on: SettingDirection(inbound: .enabled, outbound: .disabled)))
        )
    }
}
