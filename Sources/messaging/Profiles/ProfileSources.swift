import Foundation
import MessagingFiles
import MessagingSDK

/// The profiles of this program and, behind them, those of `gc`.
struct ProfileSources {
    /// The file of this program.
    let file: ProfileFile
    /// The file of `gc`.
    let gcFile: GCFile

    /// Finds the files in an environment.
    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        file = ProfileFile(environment)
        gcFile = GCFile(environment)
    }

    /// A profile and its source.
    enum Found {
        /// A profile of this program.
        case own(String, Profile)
        /// A profile of `gc`.
        case gc(GCProfile)
    }

    /// Returns the profile with a name, one of this program before one of `gc`. Throws a failure that names the nearest one if there is none.
    func profile(_ name: String) throws(Failure) -> Found {
        let own = try file.read()
        if let profile = own.named[name] { return .own(name, profile) }
        let others = try gcFile.read()
        if let profile = others.named(name) { return .gc(profile) }
        throw Profiles.missing(name, among: own.named.keys.sorted() + others.map(\.name))
    }

    /// Returns the profiles of this program with the one that has a name, so that it can be changed. Throws a failure for a profile of `gc`, and if
    /// there is none.
    func changeable(_ name: String) throws(Failure) -> (profiles: Profiles, profile: Profile) {
        guard case .own(_, let profile) = try profile(name) else {
            throw Failure(
                .usage,
                "profile.of.gc",
                "the profile \(name) is one of gc, which only gc changes",
                next: "Name it with --profile, or create one of this program: messaging login"
            )
        }
        return (try file.read(), profile)
    }

    /// Returns the profile that is used unless another one is named: the current one of this program, or else `DEFAULT` of `gc`.
    func current() throws(Failure) -> Found? {
        let own = try file.read()
        if let name = own.current { return .own(name, try own.profile(name)) }
        return try gcFile.read().standard.map { .gc($0) }
    }
}
