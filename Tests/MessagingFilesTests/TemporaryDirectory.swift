import Foundation

/// A directory of a test, which is removed when its last copy is released.
final class TemporaryDirectory: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a text to a file in it, and creates the directories above that.
    func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

    /// Writes bytes to a file in it, and creates the directories above that.
    func write(_ bytes: [UInt8], to name: String) throws {
        let file = URL(filePath: path).appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// The names of all files in it, with their folders.
    var names: [String] {
        let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return all.filter {
            (try? FileManager.default.attributesOfItem(atPath: "\(path)/\($0)")[.type] as? FileAttributeType)
                == .typeRegular
        }.sorted()
    }

    /// Returns the text of a file in it.
    func text(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }
}
