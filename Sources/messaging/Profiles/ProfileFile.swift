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
        guard let path, FileManager.default.fileExists(atPath: path) else { return Profiles() }
        let text = try PrivateFile.text(at: path)
        guard let document = try? JSON(parsing: Array(text.utf8)), let profiles = Profiles(document) else {
            throw Failure(
                .failed,
                "profiles.unreadable",
                "\(path) is not a file of profiles",
                next: "Move it away, and log in again: messaging login"
            )
        }
        return profiles
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
