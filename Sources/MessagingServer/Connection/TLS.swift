import MessagingCore
import NIOCore
import Synchronization

/// The certificate of secured connections, as it was last read. Connections use TLS 1.2 or later and HTTP/1.1.
public final class TLS: Sendable {
    /// A function that reads one of the two files. Its error is the end of a line that names the file.
    public typealias Reader = @Sendable (_ path: String, _ isKey: Bool) throws(TLSFileError) -> [UInt8]

    private let certificate: String
    private let key: String
    private let reader: Reader
    private let context: Mutex<TLSContext>

    /// Reads a certificate with its chain and its private key from two PEM files, now and at each ``reload()``.
    ///
    /// Throws one line, which names the invalid file or states that the program was built without TLS.
    public init(certificate: String, key: String, reader: @escaping Reader) throws(TLSFileError) {
        self.certificate = certificate
        self.key = key
        self.reader = reader
        context = Mutex(try Self.read(certificate, key, reader))
    }

    /// Reads both files again for connections that are opened from now on. If it throws, nothing has changed.
    public func reload() throws(TLSFileError) {
        let new = try Self.read(certificate, key, reader)
        context.withLock { $0 = new }
    }

    /// Returns the handler that secures one connection.
    func handler() -> any ChannelHandler { context.withLock { $0 }.handler() }

    private static func read(
        _ certificate: String,
        _ key: String,
        _ reader: Reader
    ) throws(TLSFileError) -> TLSContext {
        if !TLSContext.isBuilt {
            throw TLSFileError("this program was built without TLS; `make release` builds one with it")
        }
        let certificateBytes = try bytes(of: certificate, isKey: false, reader)
        let keyBytes = try bytes(of: key, isKey: true, reader)
        do throws(TLSContext.Fault) {
            return try TLSContext(certificate: certificateBytes, key: keyBytes)
        } catch {
            throw switch error {
            case .certificate: TLSFileError("\(certificate) has no certificate in PEM format")
            case .key: TLSFileError("\(key) has no private key in PEM format without a passphrase")
            case .pair: TLSFileError("the private key in \(key) does not belong to the certificate in \(certificate)")
            }
        }
    }

    private static func bytes(of path: String, isKey: Bool, _ reader: Reader) throws(TLSFileError) -> [UInt8] {
        do throws(TLSFileError) {
            return try reader(path, isKey)
        } catch {
            throw TLSFileError("cannot read the \(isKey ? "private key" : "certificate") \(path): \(error)")
        }
    }
}

/// An error about a certificate that cannot be used, in one line.
public struct TLSFileError: Error, CustomStringConvertible {
    /// The line.
    public let description: String

    /// Creates an error with this line.
    public init(_ description: String) { self.description = description.line() }
}
