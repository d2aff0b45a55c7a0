import MessagingFiles
import MessagingSDK

/// Simulations by the server.
struct RemoteSimulation {
    /// The result of a simulation.
    struct Result {
        /// The result.
        let value: Simulation
        /// The result as the server sent it.
        let json: JSON
    }

    private let client: MessagingClient

    /// Creates simulations by the host of an account.
    init(_ account: Account) { client = account.client(timeout: .seconds(3_600)) }

    /// Returns the profiles with these names or ids, or else the default one.
    func profiles(_ references: [String]) async throws -> [ContentProfile] {
        let reader = ObjectReader<SupportedContent>(client: client)
        guard !references.isEmpty else { return [try await ContentProfile(reader.requiredDefault().object)] }
        var profiles: [ContentProfile] = []
        for reference in references { profiles.append(try await ContentProfile(reader.find(reference).object)) }
        return profiles
    }

    /// Runs a log through a profile of the server, and through a proposed one if there is one.
    func run(_ path: String, today: ContentProfile, proposed: ContentProfile?) async throws -> Result {
        let log = try Self.log(path)
        do {
            let parameters = SimulationParameters(
                today.id ?? "",
                proposing: proposed.map { $0.mediaTypes ?? MediaTypes() }
            )
            let response = try await client.call(SimulationEndpoints.run, parameters, body: log)
            return Result(value: response.value, json: response.metadata.json ?? response.value.json)
        } catch {
            if error.status == 400, let body = error.body, body.code == "bad.request" {
                var failure = LogFile.failure(path, body.code, body.message)
                (failure.status, failure.contextID) = (error.status, error.correlationID)
                throw failure
            }
            guard error.status == 404 else { throw error }
            throw Failure(
                .failed,
                "no.simulations",
                "the host has no simulations, or no longer has the profile",
                next:
                    "Simulate without it: messaging supported-content get NAME -o json > profile.json, and --profile-file profile.json"
            )
        }
    }

    /// Returns the whole log, which the client sends from memory.
    private static func log(_ path: String) throws(Failure) -> AttachmentLog {
        var file = try LogFile(path)
        var bytes: [UInt8] = []
        if let size = file.size { bytes.reserveCapacity(min(size, limit)) }
        try file.readPieces { piece throws(Failure) in
            guard bytes.count + piece.count <= limit else {
                throw Failure(
                    .failed,
                    "log.too.large",
                    "the host takes a log of at most \(limit >> 20) MiB",
                    next: "Put the profile in a file and use --profile-file: then the log may have any size."
                )
            }
            bytes += piece
        }
        return AttachmentLog(bytes, format: LogFile.format(bytes.prefix(512)))
    }

    /// The largest log that the server takes, in bytes.
    private static let limit = 256 << 20
}
