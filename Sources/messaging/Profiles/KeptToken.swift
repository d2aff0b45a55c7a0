import Foundation
import MessagingFiles
import MessagingSDK

/// The token of an account, kept in memory between commands: in a file below `XDG_RUNTIME_DIR`, if that is on no disk. So a script of many
/// commands needs one token, and not as many as a client may have.
struct KeptToken: TokenKeeper {
    private let path: String
    private let key: JSON

    /// Finds the file for an account. Returns nil if the account has a token of its own, or if the system has no such directory.
    init?(_ account: Account, _ environment: [String: String] = ProcessInfo.processInfo.environment) {
        guard let client = account.clientID, let folder = environment["XDG_RUNTIME_DIR"], folder.hasPrefix("/"),
            Self.isPrivateMemory(folder)
        else { return nil }
        key = ["login": .string(account.host.login.absoluteString), "client": .string(client)]
        path = "\(folder)/messaging/token-\(PrivateFile.name(for: key)).json"
    }

    func keptToken() -> (token: String, expires: Date)? {
        guard let text = try? PrivateFile.text(at: path), let document = try? JSON(parsing: Array(text.utf8)),
            document["key"] == key, let token = document["token"]?.string, !token.isEmpty,
            let expires = document["expires"]?.number?.int
        else { return nil }
        return (token, Date(timeIntervalSince1970: Double(expires)))
    }

    func keep(_ token: String, until expires: Date) {
        let seconds = Int(exactly: expires.timeIntervalSince1970.rounded(.down)) ?? 0
        let document: JSON = ["key": key, "token": .string(token), "expires": .number(JSON.Number(seconds))]
        try? PrivateFile.createDirectories(of: path, next: "")
        try? PrivateFile.write(String(decoding: document.pretty, as: UTF8.self), to: path, next: "")
    }

    /// Removes the token, if one is kept.
    func remove() { unlink(path) }

    /// Whether only the user of this process may enter a directory, and its files are in memory. `/proc/mounts` has the file systems.
    private static func isPrivateMemory(_ folder: String) -> Bool {
        var state = stat()
        guard stat(folder, &state) == 0, state.st_uid == geteuid(), state.st_mode & 0o077 == 0,
            let path = realpath(folder, nil).map({ String(decoding: $0) }),
            let mounts = FileManager.default.contents(atPath: "/proc/mounts")
        else { return false }
        var (longest, isMemory) = (0, false)
        for line in String(decoding: mounts, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 2, fields[1].utf8.count >= longest else { continue }
            guard path == fields[1] || fields[1] == "/" || path.hasPrefix("\(fields[1])/") else { continue }
            (longest, isMemory) = (fields[1].utf8.count, ["tmpfs", "ramfs"].contains(fields[2]))
        }
        return isMemory
    }
}

extension String {
    /// Takes over a text that the system has allocated.
    fileprivate init(decoding text: UnsafeMutablePointer<CChar>) {
        self = String(cString: text)
        free(text)
    }
}
