import Foundation
import MessagingFiles
import MessagingSDK

/// The file of the profiles, in the directory for configuration of the XDG Base Directory Specification.
struct ProfileFile {
    /// Its path; nil if there is neither `XDG_CONFIG_HOME` nor a home directory.
    let path: String?

    /// Finds the file in an environment. As the specification says, a relative `XDG_CONFIG_HOME` is ignored.
    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        let folder =
            environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? environment["HOME"].flatMap { $0.hasPrefix("/") ? "\($0)/.config" : nil }
        path = folder.map { "\($0)/messaging/profiles.json" }
    }

    /// Returns the profiles in the file; none if there is no file or no place for one.
    func read() throws(Failure) -> Profiles {
        guard let path, try PrivateFile.exists(at: path) else { return Profiles() }
        let text = try PrivateFile.text(at: path)
        do {
            return try Profiles(DocumentFormat.json.document(Array(text.utf8)))
        } catch let error as DocumentError {
            throw Self.unreadable(path, "\(error.reason), line \(error.line), column \(error.column)")
        } catch let fault as Profiles.Fault {
            throw Self.unreadable(path, fault.reason)
        } catch {
            throw Self.unreadable(path, "\(error)")
        }
    }

    private static func unreadable(_ path: String, _ reason: String) -> Failure {
        Failure(
            .failed,
            "profiles.unreadable",
            "\(path) is not a file of profiles: \(reason)",
            next: "Correct it, or move it away and log in again: messaging login"
        )
    }

    /// Writes the profiles to the file.
    func write(_ profiles: Profiles) throws(Failure) {
        guard let path else {
            throw Failure(
                .failed,
                "no.home",
                "there is no home directory to keep profiles in",
                next: "Set XDG_CONFIG_HOME or HOME, or use MESSAGING_URL and no profile."
            )
        }
        let next = "Set XDG_CONFIG_HOME to a directory that can be written, or use MESSAGING_URL and no profile."
        try PrivateFile.createDirectories(of: path, next: next)
        try PrivateFile.write(String(decoding: profiles.document.pretty, as: UTF8.self), to: path, next: next)
    }
}
