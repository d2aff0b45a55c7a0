import Foundation
import Logging
import MessagingCore
import MessagingSQLite

/// The file beside the database that has the key for secrets of integrations, in base64, readable by its owner only.
struct SealingKeyFile {
    private let path: String
    private let logger: Logger

    /// The file of a database: beside the file itself, by whatever link it was named.
    init(database: String, logger: Logger) {
        self.logger = logger
        path = .beside(database: database, suffix: ".key")
    }

    /// The key in the file, or a new one in a new file where there is none.
    ///
    /// Throws when the file cannot be used, when others than its owner may read it, and when it is gone though secrets were sealed.
    func keys(_ organizations: Organizations) async throws(StartError) -> SealingKeys {
        let text: String?
        do {
            text = try read()
        } catch {
            throw StartError("cannot use the encryption key in \(path): \(error)")
        }
        if let text {
            guard let keys = SealingKeys(text) else {
                throw StartError("cannot use the encryption key in \(path): it is not 32 bytes in base64")
            }
            return keys
        }
        try await checkThatNothingIsSealed(organizations)
        let key = SealingKeys.make()
        do {
            try write(key)
        } catch {
            throw StartError("cannot write an encryption key to \(path): \(error)")
        }
        guard let keys = SealingKeys(key) else { throw StartError("cannot make an encryption key") }
        return keys
    }

    private func read() throws -> String? {
        let file: FileDescriptor
        do {
            file = try FileRule.key.open(path, O_RDONLY)
        } catch {
            if error.code == ENOENT { return nil }
            throw error
        }
        if let warning = FileRule.key.warning(file) {
            logger.warning(
                "the encryption key is not the owner's alone",
                metadata: ["path": "\(path)", "cause": "\(warning)"]
            )
        }
        return String(decoding: try file.read(at: 0, count: 4_096), as: UTF8.self)
    }

    private func checkThatNothingIsSealed(_ organizations: Organizations) async throws(StartError) {
        do {
            guard try await organizations.identifiers(having: .openIntegration).isEmpty else {
                throw StartError(
                    "the encryption key in \(path) is gone, and integrations are sealed with it: "
                        + "put the file back, or set MESSAGING_ENCRYPTION_KEY"
                )
            }
        } catch let error as StartError {
            throw error
        } catch {
            throw StartError("cannot read the database: \(error)")
        }
    }

    /// Makes the file whole or not at all.
    private func write(_ key: String) throws {
        let draft = path + ".new"
        unlink(draft)
        let file = try FileDescriptor(opening: draft, O_RDWR | O_CREAT | O_EXCL)
        try file.write(Array("\(key)\n".utf8), at: 0)
        try file.synchronize()
        guard rename(draft, path) == 0 else { throw SystemError() }
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileDescriptor(opening: directory, O_RDONLY).synchronize()
    }
}
