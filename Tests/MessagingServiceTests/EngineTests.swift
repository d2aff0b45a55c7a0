import Foundation
import MessagingContract
import MessagingCore
import Testing

@testable import MessagingService

/// The parts that depend on the engine: the files beside a database, and the commands that work on files only.
@Suite struct EngineTests {
    private static func refusal(of command: String) -> StartError {
        StartError("the command \(command) works on a database in a file only, and not on a database in memory")
    }

    private static func withDirectory(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "\(UUID())").resolvingSymlinksInPath()
            .path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory)
    }

    @Test func theFilesOfADatabaseAreBesideItAlsoWhenALinkNamesIt() throws {
        try Self.withDirectory { directory in
            let (database, link) = (Engine.file("\(directory)/m"), Engine.file("\(directory)/link"))
            try FileManager.default.createSymbolicLink(atPath: "\(directory)/link", withDestinationPath: "m")
            try Data().write(to: URL(filePath: "\(directory)/m"))
            for engine in [database, link] {
                #expect(engine.socket == "\(directory)/m.socket")
                #expect(engine.keyFile == "\(directory)/m.key")
            }
            #expect(database.databaseID != nil)
            #expect(database.databaseID == link.databaseID)
            #expect(database.databaseID != Engine.file(directory).databaseID)
        }
    }

    @Test func aDatabaseThatDoesNotExistHasNoIdentifier() throws {
        try Self.withDirectory { directory in
            let engine = Engine.file("\(directory)/m")
            #expect(!engine.isThere)
            #expect(engine.databaseID == nil)
        }
    }

    @Test func aDatabaseInMemoryIsNewAtEachOpening() async throws {
        for _ in 0..<2 {
            let store = try await Engine.memory.open(logger: .silent)
            let organizations = Organizations(store: store.store)
            #expect(try await organizations.isEmpty())
            _ = try await organizations.create(name: "n", by: .server("test", contextID: "x"))
            await store.close()
        }
    }

    @Test func aDatabaseInMemoryHasNoPlaceForASocket() {
        let variable = Settings.socket.description.variable
        #expect(
            throws: StartError("a database in memory has no place for a socket: give one with --socket or \(variable)")
        ) {
            try AdministrationSocket.path(of: .memory, given: nil)
        }
    }

    @Test func aBackupOfADatabaseInMemoryIsRefused() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID())").path
        let administrator = Administrator(.memory, socket: file + ".socket", Environment([:]))
        await #expect(throws: Self.refusal(of: "backup")) {
            try await administrator.run(AdministrationCommands.backup, NoParameters(), BackupRequest(file: file))
        }
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test func aBackupOfAnOpenDatabaseInMemoryIsRefused() async throws {
        let store = try await Engine.memory.open(logger: .silent)
        let organizations = Organizations(store: store.store)
        let integrations = OpenIntegrations(organizations: organizations, keys: SealingKeys())
        let administration = Administration(store: store, organizations: organizations) { integrations }
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID())").path
        var run = CommandRun("backup", contextID: "x")
        let error = await #expect(throws: APIError.self) {
            try await administration.backUp(BackupRequest(file: file), &run)
        }
        #expect(error?.status == 400)
        #expect(error?.message == Self.refusal(of: "backup").description)
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test func aRestorationToADatabaseInMemoryIsRefused() {
        let administrator = Administrator(.memory, Environment([:]))
        #expect(throws: Self.refusal(of: "restore")) {
            try administrator.restore("/none", replacing: false, keepingTokens: false)
        }
    }

    /// A key that nothing keeps would make every secret that it seals unreadable after the next start.
    @Test func noKeyIsMadeWhereNothingKeepsIt() async throws {
        let store = try await Engine.memory.open(logger: .silent)
        let file = SealingKeyFile(of: .memory, logger: .silent)
        let ring = KeyRing(file: file, given: nil, acceptsLostSecrets: false)
        let error = StartError("there is no encryption key: set \(Settings.encryptionKey.description.variable)")
        await #expect(throws: error) { try await ring.keys(for: store, logger: .silent) }
        #expect(throws: error) { try ring.keep(SealingKeys.make()) }
        let given = SealingKeys(SealingKeys.make())
        let other = KeyRing(file: file, given: given, acceptsLostSecrets: false)
        #expect(try await other.keys(for: store, logger: .silent).ids == given?.ids)
        await store.close()
    }
}
