import Foundation
import MessagingFiles

/// A place of a configuration: a directory, a file in HCL, or the organization of a profile.
enum ConfigurationSource: Equatable {
    /// The directory, or the file in HCL, at a path.
    case directory(String)
    /// The organization of the profile with a name.
    case profile(String)

    /// Reads the form of a place.
    init(_ text: String) throws(Failure) {
        if text.hasPrefix("profile:") {
            self = .profile(String(text.dropFirst("profile:".count)))
        } else if text.isEmpty {
            throw .usage("a directory or profile:NAME is missing")
        } else {
            self = .directory(text)
        }
    }

    /// Returns the configuration.
    func configuration() async throws -> Configuration {
        switch self {
        case .directory(let path): return try ConfigurationFiles.read(path, ProcessInfo.processInfo.environment)
        case .profile(let name):
            let account = try Account(profile: name)
            account.warning?.showOnce()
            return try await OrganizationReader(client: account.client).read()
        }
    }
}
