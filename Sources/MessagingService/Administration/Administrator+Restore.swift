public import MessagingContract
import MessagingCore
import MessagingSQLite

extension Administrator {
    /// Restores the database from a backup, see ``Restore``, while no server uses it. Throws one line for the terminal, also if the engine
    /// has no file.
    ///
    /// The result names the keys that the backup needs, and those of them that are neither in the environment nor in the file beside the
    /// database.
    public func restore(
        _ file: String,
        replacing: Bool,
        keepingTokens: Bool
    ) throws(StartError) -> JSON {
        let database = try engine.file(for: "restore")
        let keys = try existingKeys(of: engine)
        let summary: RestoreSummary
        do {
            summary = try Restore.run(
                from: file,
                to: database,
                replacing: replacing,
                keepingTokens: keepingTokens,
                given: keys
            )
        } catch let error as OpenError where error.isInUse {
            throw StartError("\(error); stop it first")
        } catch {
            throw StartError("\(error)")
        }
        var answer: JSON.Object = [
            "database": .string(database), "file": .string(file), "organizations": summary.organizations.json,
            keepingTokens ? "keptTokens" : "endedTokens": summary.tokens.json, "keys": summary.keys.ids.json,
            "missingKeys": summary.keys.missing.json, "isBackup": summary.isBackup.json,
        ]
        if let replaced = summary.replaced { answer["replaced"] = .string(replaced) }
        if let log = summary.replacedLog { answer["replacedLog"] = .string(log) }
        return .object(answer)
    }

    /// Returns the encryption keys in the environment, or those in the file beside a database; nil if there are none.
    func existingKeys(of engine: Engine) throws(StartError) -> SealingKeys? {
        if let keys = try Settings.encryptionKey.value([:], environment) { return keys }
        return try SealingKeyFile(of: engine, logger: Self.silent)?.keys()
    }
}
