import MessagingDecisions
import MessagingFiles
import MessagingSDK

/// Simulations in this program, without a host.
enum LocalSimulation {
    /// Runs a log through a profile, and through a proposed one if there is one. Throws a failure that names the log if it is none.
    static func run(_ path: String, today: ContentProfile, proposed: ContentProfile?) throws(Failure) -> Simulation {
        var log = try LogFile(path)
        var run: SimulationRun?
        func begin(_ format: AttachmentLog.Format) -> SimulationRun {
            SimulationRun(format, today: today.mediaTypes, proposed: proposed.map { $0.mediaTypes ?? MediaTypes() })
        }
        try log.readPieces { piece throws(Failure) in
            var present = run.take() ?? begin(LogFile.format(piece))
            do throws(APIError) {
                try present.read(piece)
            } catch {
                throw LogFile.failure(path, error.code, error.message)
            }
            run = present
        }
        do throws(APIError) {
            var present = run.take() ?? begin(.jsonLines)
            return try present.finish()
        } catch {
            throw LogFile.failure(path, error.code, error.message)
        }
    }
}
