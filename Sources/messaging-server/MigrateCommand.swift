import ArgumentParser
import MessagingContract
import MessagingService

/// The command `messaging-server migrate`.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Create or upgrade the tables of the database without serving.",
        discussion: """
            A server does the same when it starts. Each step is one transaction, and servers and commands that do it together wait for each \
            other. Afterwards an older program refuses to start.
            """
    )

    @Option(help: "The number of partitions that new tables of PostgreSQL get, 1 to 128; without it they have none.")
    var partitions: Int?
    @Flag(
        help:
            "Begin a new epoch, after PostgreSQL was restored in the same database, so that no entity tag from before matches."
    )
    var newEpoch = false
    @OptionGroup var target: Target

    func validate() throws {
        if let partitions, !(1...128).contains(partitions) { throw ValidationError("--partitions must be 1 to 128") }
    }

    func run() async throws {
        let database = try await target.administrator.migrate(partitions: partitions, newEpoch: newEpoch)
        try target.print(["database": .string(database)]) { _ in "The tables of \(database) are those of this program."
        }
    }
}
