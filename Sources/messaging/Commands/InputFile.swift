import Foundation
import MessagingFiles
import MessagingSDK

/// A file that a command reads, or standard input.
struct InputFile {
    private let path: String

    /// Creates the file at a path; `-` stands for standard input.
    init(_ path: String) { self.path = path }

    /// Returns its bytes.
    func bytes() throws(Failure) -> [UInt8] {
        if path == "-" {
            guard let data = try? FileHandle.standardInput.readToEnd() else { return [] }
            return Array(data)
        }
        do {
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch {
            let cause = FileManager.default.fileExists(atPath: path) ? "it cannot be read" : "there is no such file"
            throw Failure(.failed, "file.not.read", "could not read \(path): \(cause)")
        }
    }

    /// Returns its document, in YAML if its name says so and in JSON otherwise. The failure names the place of an error.
    func document() throws(Failure) -> JSON {
        guard DocumentFormat(fileName: path) == .yaml else { return try json() }
        let bytes = try bytes()
        do {
            return try DocumentFormat.yaml.document(bytes)
        } catch {
            throw Failure(
                .failed,
                "file.not.yaml",
                "\(path) is not YAML: \(error.reason), line \(error.line), column \(error.column)"
            )
        }
    }

    /// Returns its JSON document. The failure names the place of an error.
    func json() throws(Failure) -> JSON {
        let bytes = try bytes()
        do {
            return try JSON(parsing: bytes)
        } catch {
            let before = bytes.prefix(error.offset)
            let line = before.count { $0 == UInt8(ascii: "\n") } + 1
            let column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
            let place = path == "-" ? "standard input" : path
            throw Failure(
                .failed,
                "file.not.json",
                "\(place) is not JSON: \(error.reason), line \(line), column \(column)"
            )
        }
    }
}
