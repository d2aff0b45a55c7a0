import Foundation
import Logging
import MessagingCore
import MessagingSQLite

/// The file beside the database that has the key for secrets of integrations, in base64. Only its owner can read it.
struct SealingKeyFile {
    let path: String
    private let logger: Logger

    /// Creates the path of the file of an engine. Returns nil if the engine has no place for one.
    init?(of engine: Engine, logger: Logger) {
        guard let path = engine.keyFile else { return nil }
        self.path = path
        self.logger = logger
    }

    /// Returns the keys in the file, or nil if there is no file. Throws if the file cannot be used.
    func keys() throws(StartError) -> SealingKeys? {
        let text: String?
        do {
            text = try read()
        } catch {
            throw StartError("cannot use the encryption key in \(path): \(error)")
        }
        guard let text else { return nil }
        guard let keys = SealingKeys(text) else {
            throw StartError("cannot use the encryption key in \(path): it is not 32 bytes in base64")
        }
        return keys
    }

    /// Returns a new key, saved in a new file.
    func make() throws(StartError) -> SealingKeys {
        let key = SealingKeys.make()
        try save(key)
        guard let keys = SealingKeys(key) else { throw StartError("cannot make an encryption key") }
        return keys
    }

    /// Saves a new key in a new file.
    func save(_ key: String) throws(StartError) {
        do {
            try write(key)
        } catch {
            throw StartError("cannot write an encryption key to \(path): \(error)")
        }
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
                "Read an encryption key that other users have access to",
                metadata: ["path": "\(path)", "cause": "\(warning)"]
            )
        }
        return String(decoding: try file.read(at: 0, count: 4_096), as: UTF8.self)
    }

    private func write(_ key: String) throws {
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try WholeFile.make(path, in: directory) { draft in
            try FileDescriptor(opening: draft, O_RDWR).write(Array("\(key)\n".utf8), at: 0)
        }
    }
}
