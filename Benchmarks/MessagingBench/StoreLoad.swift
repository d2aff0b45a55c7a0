import ArgumentParser
import Foundation
import MessagingContract
import MessagingCore
import Synchronization

/// Commits the rows of POSTs or PATCHes to a store on the disk, without rules and without HTTP.
struct StoreLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "store", abstract: "Commits of a store.")

    @Option(help: "The database file, or the address of a PostgreSQL database.")
    var database: String

    @Option(help: "Changes in one commit.")
    var group = 64

    @Option(help: "How long.")
    var seconds = 1.0

    @Option(help: "A file with the bytes of an object.")
    var file: String

    @Flag(help: "Change the same objects again and again, instead of creating.")
    var patch = false

    func run() async throws {
        let bytes = Array(try Data(contentsOf: URL(filePath: file)))
        try await withStore(database) { store in
            try await load(store, bytes).print(perCall: group)
        }
    }

    private func load(_ store: any Store, _ bytes: [UInt8]) async throws -> Load {
        let organization = Surroundings.system.makeID()
        let author = Author(
            user: Surroundings.system.makeID(),
            client: Surroundings.system.makeID(),
            operation: patch ? "patchConversationsMessagingSetting" : "postConversationsMessagingSettings",
            contextID: Surroundings.system.makeID(),
            address: "127.0.0.1"
        )
        let ids = (0..<group).map { _ in Surroundings.system.makeID() }
        let reached = Atomic<Revision>(0)
        return try await Load.run(seconds: seconds, concurrency: 1) { _ in
            let revision = reached.load(ordering: .relaxed)
            let changes = ids.enumerated().map { index, id in
                Change(
                    revision: revision + Int64(index) + 1,
                    position: 0,
                    kind: .messagingSetting,
                    id: patch ? id : Surroundings.system.makeOrderedID(),
                    before: patch && revision > 0 ? bytes : nil,
                    after: bytes,
                    author: author,
                    time: Date()
                )
            }
            let next = revision + Int64(changes.count)
            let commit = Commit(organization: organization, base: revision, revision: next, changes: changes)
            guard await store.commit(commit) == .committed else { throw ValidationError("not committed") }
            reached.store(next, ordering: .relaxed)
        }
    }
}
