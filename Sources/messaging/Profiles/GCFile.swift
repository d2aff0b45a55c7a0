import Foundation
import MessagingFiles

/// The file of the profiles of `gc`, the vendor's command line. It is only read.
struct GCFile {
    /// Its path; nil without a home directory.
    let path: String?

    /// Finds the file in an environment.
    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        path = environment["HOME"].flatMap { $0.hasPrefix("/") ? "\($0)/.gc/config.toml" : nil }
    }

    /// Returns the profiles in the file, ordered by name; none if there is no file. Throws a failure that names the line of a fault.
    func read() throws(Failure) -> [GCProfile] {
        guard let path, let text = try text(at: path) else { return [] }
        let document: TOMLDocument
        do throws(TOMLDocument.Fault) {
            document = try TOMLDocument(text)
        } catch {
            throw unreadable(path, "line \(error.line): \(error.reason)")
        }
        return document.tables.filter { !$0.name.isEmpty }.map { GCProfile($0, path: path) }.sorted {
            $0.name < $1.name
        }
    }

    /// A warning if others than the owner may read the file; nil otherwise.
    var warning: Warning? {
        var state = stat()
        guard let path, stat(path, &state) == 0, state.st_mode & 0o077 != 0 else { return nil }
        return Warning(
            code: "file.not.private",
            message: "others may read or write \(path), which has secrets",
            next: "Run chmod 600 on it, and replace its secrets if others used the machine."
        )
    }

    private func text(at path: String) throws(Failure) -> String? {
        var state = stat()
        if stat(path, &state) != 0, errno == ENOENT || errno == ENOTDIR { return nil }
        let bytes: [UInt8]
        do throws(Failure) {
            bytes = try OpenFile(regular: path, as: "\(path), the profiles of gc").bytes(upTo: Self.limit)
        } catch {
            throw unreadable(error.message)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw unreadable(path, "it is not UTF-8") }
        return text
    }

    private func unreadable(_ path: String, _ cause: String) -> Failure {
        unreadable("could not read \(path), the profiles of gc: \(cause)")
    }

    private func unreadable(_ message: String) -> Failure {
        Failure(
            .failed,
            "gc.profiles.unreadable",
            message,
            next: "Correct the file, or use a profile of this program: messaging login"
        )
    }

    /// The largest file that is read, in bytes.
    private static let limit = 1 << 20
}
