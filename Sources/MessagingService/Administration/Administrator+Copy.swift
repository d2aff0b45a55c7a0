import Foundation
package import MessagingContract
package import MessagingCore
import MessagingSQLite

extension Administrator {
    /// Copies the whole database to another one, see ``MessagingCore/StoreCopy``, and returns a report. Throws one line for the terminal.
    ///
    /// Servers may use the database meanwhile; the copy is of one moment. A database in a file is backed up first, by its server if one runs. If
    /// `isFinal` is true, the database takes no commits and tokens after that moment. `report` gets the pages of that backup.
    package func copy(
        to target: Engine,
        isFinal: Bool,
        backup report: @escaping @Sendable (_ done: Int, _ total: Int) -> Void,
        progress: @escaping @Sendable (CopyProgress) -> Void
    ) async throws(StartError) -> JSON {
        for engine in [engine, target] { try engine.checkName() }
        let keys = try existingKeys(of: target)
        try await Self.apart { [engine] in
            try engine.checkCopySource()
            try target.checkCopyTarget()
            // A target that cannot be used is found before the writes are stopped.
            if isFinal { _ = try target.copyTarget() }
        }
        let backup = engine.backupForCopy()
        defer { if let backup { Drafts.discard(backup) } }
        if let backup { try await backUp(to: backup, isFinal: isFinal, progress: report) }
        do {
            let found = try await Self.apart { [engine] in
                try StoreCopy.run(
                    from: engine.copySource(backup, isFinal: isFinal),
                    to: target.copyTarget(),
                    given: keys,
                    progress: progress
                )
            }
            return found.json(from: engine, to: target, isFinal: isFinal)
        } catch {
            throw isFinal ? StartError("\(error); the first database may take no more writes since then") : error
        }
    }

    private func backUp(
        to path: String,
        isFinal: Bool,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(StartError) {
        Drafts.expect(path)
        let made = try await run(
            AdministrationCommands.backup,
            NoParameters(),
            BackupRequest(file: path, isFinal: isFinal),
            progress: progress
        )
        if !FileManager.default.fileExists(atPath: path) {
            throw StartError(
                "the file \(made.file) does not exist here: the server wrote it in its own file system, such as that of a container; run the "
                    + "command there"
            )
        }
    }

    /// Runs blocking work on a thread of its own.
    private static func apart<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws(StartError) -> Result {
        let result = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: Swift.Result { try work() }) }
        }
        do { return try result.get() } catch { throw error as? StartError ?? StartError(line(of: error)) }
    }

    private static func line(of error: any Error) -> String {
        switch error {
        case StoreError.unavailable(let cause):
            "the copy was interrupted, and the same command continues it: \(cause)"
        case StoreError.corrupt(let cause): "the copy failed: \(cause)"
        default: "\(error)"
        }
    }
}

extension CopyReport {
    fileprivate func json(from source: Engine, to target: Engine, isFinal: Bool) -> JSON {
        func count(_ table: CopiedTable) -> JSON { rows[table, default: 0].json }
        return [
            "from": .string("\(source)"), "to": .string("\(target)"), "final": isFinal.json,
            "organizations": count(.organization), "objects": count(.record), "changes": count(.history),
            "tokens": count(.token),
            "revisions": .array(
                revisions.map { ["organization": .string($0.organization), "revision": Int($0.revision).json] }
            ),
            "digest": .string("sha256:\(digest)"), "keys": keys.ids.json, "missingKeys": keys.missing.json,
        ]
    }
}
