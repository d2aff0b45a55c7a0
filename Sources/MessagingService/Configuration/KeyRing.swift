import Logging
import MessagingCore
import MessagingSQLite

/// The keys that a server or a command works with: those that were given, or those in the file beside the database, held against the
/// secrets that are stored.
struct KeyRing {
    let file: SealingKeyFile
    /// The keys from the environment, instead of the file.
    let given: SealingKeys?
    /// Whether secrets that no key opens are given up.
    let acceptsLostSecrets: Bool

    /// Returns the keys, of which a new one is made in the file where there are none. Throws what ``found(for:logger:)`` throws.
    func keys(for store: SQLiteStore, logger: Logger) async throws(StartError) -> SealingKeys {
        if let keys = try await found(for: store, logger: logger) { keys } else { try file.make() }
    }

    /// Saves a new key in the file unless there are keys.
    func keep(_ key: String) throws(StartError) {
        if given == nil, try file.keys() == nil { try file.save(key) }
    }

    /// Returns the keys; nil where there are none.
    ///
    /// Throws when the file cannot be used, and when an integration that is there has a secret that none of the keys opens: what is sealed
    /// from then on would need other keys than what was sealed before. Earlier versions in the history do not count.
    func found(for store: SQLiteStore, logger: Logger) async throws(StartError) -> SealingKeys? {
        let keys = if let given { given } else { try file.keys() }
        let use: KeyUse
        do {
            use = try await store.reduce(.openIntegration, into: KeyUse(given: keys)) { $0.add($1) }
        } catch {
            throw StartError("cannot read the database: \(error)")
        }
        if use.lost > 0 {
            guard acceptsLostSecrets else { throw refusal(use, keys) }
            logger.warning(
                "Started without keys that secrets of integrations are sealed with",
                metadata: ["integrations": "\(use.lost)", "keys": "\(use.missing.joined(separator: " "))"]
            )
        }
        return keys
    }

    private func refusal(_ use: KeyUse, _ keys: SealingKeys?) -> StartError {
        let integrations = use.lost == 1 ? "1 integration has" : "\(use.lost) integrations have"
        let missing = use.missing.prefix(10).joined(separator: ", ") + (use.missing.count > 10 ? ", ..." : "")
        let sealed = "\(integrations) secrets sealed with \(use.missing.count == 1 ? "the key" : "the keys") \(missing)"
        guard let keys else {
            return StartError(
                "the encryption key in \(file.path) is gone, and \(sealed): put the file back, set "
                    + "\(Settings.encryptionKey.description.variable), or give the secrets up with --accept-lost-secrets"
            )
        }
        if given != nil, let beside = try? file.keys(), use.missing.contains(where: beside.ids.contains) {
            return StartError(
                "\(sealed), and the file \(file.path) has \(beside.ids.joined(separator: ", ")), which "
                    + "\(Settings.encryptionKey.description.variable) has not: add the file's key there behind the first one, "
                    + "separated by a comma"
            )
        }
        let place = given == nil ? file.path : Settings.encryptionKey.description.variable
        return StartError(
            "\(sealed), and \(place) has \(keys.ids.joined(separator: ", ")): add what is missing behind the first key, "
                + "separated by a comma, or give the secrets up with --accept-lost-secrets"
        )
    }
}
