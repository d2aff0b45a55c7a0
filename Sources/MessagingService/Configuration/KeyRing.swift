import Logging
import MessagingCore

/// The keys of a server or a command, from the environment or from the file beside the database. They are checked against the stored
/// secrets.
struct KeyRing {
    /// The file that keeps the key; nil if the engine has no place for one.
    let file: SealingKeyFile?
    /// The keys from the environment, instead of the file.
    let given: SealingKeys?
    /// Whether secrets that no key opens are given up.
    let acceptsLostSecrets: Bool

    /// Returns the keys. If there are none, creates a new key in the file. Throws the errors of ``found(for:logger:)``, and if there is
    /// no place for the file.
    func keys(for store: OpenStore, logger: Logger) async throws(StartError) -> SealingKeys {
        if let keys = try await found(for: store, logger: logger) { keys } else { try newKeyFile().make() }
    }

    /// Saves a new key in the file unless there are keys.
    func keep(_ key: String) throws(StartError) {
        guard given == nil else { return }
        let file = try newKeyFile()
        if try file.keys() == nil { try file.save(key) }
    }

    private func newKeyFile() throws(StartError) -> SealingKeyFile {
        guard let file else {
            throw StartError("there is no encryption key: set \(Settings.encryptionKey.description.variable)")
        }
        return file
    }

    /// Returns the keys, or nil if there are none.
    ///
    /// Throws if the file cannot be used, or if a stored integration has a secret that none of the keys opens. In the second case new
    /// secrets would need other keys than the older ones. Earlier versions in the history do not count.
    func found(for store: OpenStore, logger: Logger) async throws(StartError) -> SealingKeys? {
        let keys = if let given { given } else { try file?.keys() }
        let use: KeyUse
        do {
            use = try await store.keyUse(given: keys)
        } catch {
            throw StartError("cannot read the database: \(error)")
        }
        if use.lost > 0 {
            guard acceptsLostSecrets else { throw refusal(use, keys) }
            logger.warning(
                "Started without encryption keys of some secrets of integrations",
                metadata: ["integrations": "\(use.lost)", "keys": "\(use.missing.joined(separator: " "))"]
            )
        }
        return keys
    }

    private func refusal(_ use: KeyUse, _ keys: SealingKeys?) -> StartError {
        let integrations = use.lost == 1 ? "1 integration has" : "\(use.lost) integrations have"
        let missing = use.missing.prefix(10).joined(separator: ", ") + (use.missing.count > 10 ? ", ..." : "")
        let sealed = "\(integrations) secrets sealed with \(use.missing.count == 1 ? "the key" : "the keys") \(missing)"
        let variable = Settings.encryptionKey.description.variable
        guard let keys else {
            let gone = file.map { "the encryption key in \($0.path) is gone" } ?? "there is no encryption key"
            let remedy = file == nil ? "set" : "put the file back, set"
            return StartError(
                "\(gone), and \(sealed): \(remedy) \(variable), or give the secrets up with --accept-lost-secrets"
            )
        }
        if given != nil, let file, let beside = try? file.keys(), use.missing.contains(where: beside.ids.contains) {
            return StartError(
                "\(sealed), and the file \(file.path) has \(beside.ids.joined(separator: ", ")), which "
                    + "\(variable) does not have: add the file's key there after the first key, separated by a comma"
            )
        }
        let place = (given == nil ? file?.path : nil) ?? variable
        return StartError(
            "\(sealed), and \(place) has \(keys.ids.joined(separator: ", ")): add the missing keys after the first key, "
                + "separated by a comma, or give the secrets up with --accept-lost-secrets"
        )
    }
}
