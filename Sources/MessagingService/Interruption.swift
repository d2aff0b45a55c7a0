@preconcurrency import Dispatch
import Foundation
import MessagingSQLite
import Synchronization

/// The signals that end a command before it is done: SIGINT, SIGTERM and SIGHUP.
public enum Interruption {
    private static let queue = DispatchQueue(label: "messaging.interruption")
    private static let sources = Mutex<[any DispatchSourceSignal]>([])

    /// Makes each of these signals end the process with 128 plus its number, after the unfinished files of the process were deleted. An
    /// ignored signal stays ignored, as SIGHUP is under `nohup`.
    public static func discardsWhatIsBegun() {
        let registration = DispatchGroup()
        for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) {
            #if canImport(Darwin)
                // On this system, a signal with a default action never reaches the queue.
                signal(number, SIG_IGN)
            #endif
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            registration.enter()
            source.setRegistrationHandler { registration.leave() }
            source.setEventHandler { Drafts.discardAndExit(128 + number) }
            source.resume()
            sources.withLock { $0.append(source) }
        }
        registration.wait()
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        guard sigaction(number, nil, &action) == 0 else { return false }
        // SIG_IGN is the address 1 on every system, in the first word of the structure.
        return withUnsafeBytes(of: &action) { $0.loadUnaligned(as: Int.self) } == 1
    }
}
