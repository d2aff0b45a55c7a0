import Foundation
import MessagingSDK

/// The names of the objects of a kind on a host, kept for a minute in a file that only its owner may read. It has no secrets.
struct NameCache {
    private let path: String
    private let key: JSON

    /// The time for which names are kept, in seconds.
    private static let lifetime = 60.0

    /// Finds the file for an account. Returns nil if there is no directory for it, or if the account has a token: whose objects a token shows is
    /// not known, and a token is a secret.
    init?(_ account: Account, kind: String, _ environment: [String: String] = ProcessInfo.processInfo.environment) {
        let folder =
            environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? environment["HOME"].flatMap { $0.hasPrefix("/") ? "\($0)/.cache" : nil }
        guard let folder, let client = account.clientID else { return nil }
        key = ["host": .string(account.host.api.absoluteString), "client": .string(client), "kind": .string(kind)]
        path = "\(folder)/messaging/names-\(PrivateFile.name(for: key)).json"
    }

    /// The names; nil if none are kept, or none of the last minute.
    var names: [String]? {
        var state = stat()
        guard stat(path, &state) == 0, state.st_mode & S_IFMT == S_IFREG, state.st_mode & 0o077 == 0 else { return nil }
        let age = Date().timeIntervalSince1970 - Double(state.st_mtim.tv_sec)
        guard age >= 0, age < Self.lifetime, let data = FileManager.default.contents(atPath: path),
            let document = try? JSON(parsing: Array(data)), document["key"] == key
        else { return nil }
        return document["names"]?.array?.compactMap(\.string)
    }

    /// Keeps the names, if that is possible.
    func keep(_ names: [String]) {
        let document: JSON = ["key": key, "names": .array(names.map { .string($0) })]
        try? PrivateFile.createDirectories(of: path, next: "")
        try? PrivateFile.write(String(decoding: document.pretty, as: UTF8.self), to: path, next: "")
    }
}
