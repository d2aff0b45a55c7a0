import MessagingContract
import MessagingCore

extension Routes {
    /// Answers the operation that tries a profile on a log. The profile is that of the moment in which the caller was let in.
    mutating func addSimulations() {
        stream(SimulationEndpoints.run) { (parameters, pieces, call, caller) throws(APIError) in
            let profile = try caller.organization.object(SupportedContent.self, parameters.id)
            guard let format = call.request.mediaType.flatMap(AttachmentLog.Format.init) else {
                throw .unsupportedMediaType
            }
            var run = SimulationRun(format, today: profile.mediaTypes, proposed: parameters.mediaTypes)
            for try await piece in pieces {
                var rest = piece[...]
                while !rest.isEmpty {
                    try run.read(rest.prefix(Self.stretch))
                    rest = rest.dropFirst(Self.stretch)
                    await Task.yield()
                }
            }
            return Reply(try run.finish())
        }
    }

    /// The bytes of a log that are read before other requests get their turn: a fraction of a millisecond's work.
    private static let stretch = 16 * 1_024
}
