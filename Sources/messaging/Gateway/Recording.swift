import Foundation
import MessagingFiles
import MessagingSDK

/// A file to which exchanges are added as they happen, a line for each. Only its owner may read it.
actor Recording {
    private let file: FileHandle
    private var redaction = Redaction()
    /// The number of exchanges in the file.
    private(set) var count = 0
    /// The number of requests that were not passed on.
    private(set) var refused = 0
    /// Whether the command has called the gateway.
    private(set) var wasCalled = false
    /// What our models do not know of the responses.
    private(set) var unknown = UnknownMembers()

    /// Creates the file, which must not exist.
    init(path: String) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let cause = String(cString: strerror(errno))
            throw Failure(.failed, "file.not.written", "could not create \(path): \(cause)", next: "Name a new file.")
        }
        file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Adds an exchange without its secrets and personal data.
    func add(_ exchange: RecordedExchange) throws {
        unknown.add(exchange)
        count += 1
        try file.write(contentsOf: Data(redaction.redacted(exchange).json.bytes + [UInt8(ascii: "\n")]))
    }

    /// Counts a request that was not passed on.
    func refuse() { refused += 1 }

    /// Notes that the command has called the gateway.
    func noteCall() { wasCalled = true }
}
