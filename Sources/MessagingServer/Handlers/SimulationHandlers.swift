import MessagingContract
import MessagingCore
import MessagingDecisions
import Synchronization

extension Routes {
    /// Adds the operation that tries a profile on a log. It uses the profile as it was when the caller was admitted.
    mutating func addSimulations(_ running: RunningSimulations) {
        stream(SimulationEndpoints.run) { (parameters, pieces, call, caller) throws(APIError) in
            let entry = try caller.organization.get(SupportedContent.self, parameters.id)
            guard let format = call.request.mediaType.flatMap(AttachmentLog.Format.init) else {
                throw .unsupportedMediaType
            }
            return try await running.run(for: caller.organizationID) { () throws(APIError) in
                let simulation = try await call.onLane { () throws(APIError) in
                    let profile = try caller.organization.decode(entry, as: SupportedContent.self)
                    return SteppedSimulation(format, today: profile.mediaTypes, proposed: parameters.mediaTypes)
                }
                for try await piece in pieces {
                    var rest = piece[...]
                    while !rest.isEmpty {
                        let part = rest.prefix(SteppedSimulation.bytesPerStep)
                        try await call.onLane { () throws(APIError) in try simulation.read(part) }
                        rest = rest.dropFirst(SteppedSimulation.bytesPerStep)
                    }
                }
                return Reply(bytes: try await call.onLane { () throws(APIError) in try simulation.finish() })
            }
        }
    }
}

/// A simulation that proceeds in steps, one after the other, each on any thread.
private final class SteppedSimulation: Sendable {
    /// The number of bytes of a log that are read before other requests get their turn. Reading them takes at most a millisecond.
    static let bytesPerStep = 16 * 1_024

    private let run: Mutex<SimulationRun>

    init(_ format: AttachmentLog.Format, today: MediaTypes?, proposed: MediaTypes?) {
        run = Mutex(SimulationRun(format, today: today, proposed: proposed))
    }

    func read(_ piece: ArraySlice<UInt8>) throws(APIError) {
        try run.withLock { (run) throws(APIError) in try run.read(piece) }
    }

    func finish() throws(APIError) -> [UInt8] {
        try run.withLock { (run) throws(APIError) in try run.finish().json.bytes }
    }
}
