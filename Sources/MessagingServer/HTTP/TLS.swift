import Foundation
import MessagingCore
import NIOCore
import NIOSSL
import Synchronization

/// The certificate that connections are secured with, as it was read last: TLS 1.2 at least, HTTP/1.1.
public final class TLS: Sendable {
    private let certificate: String
    private let key: String
    private let context: Mutex<NIOSSLContext>

    /// Reads a certificate with its chain and its private key from two files in PEM. Throws a line that names the file which is
    /// not what it should be.
    public init(certificate: String, key: String) throws(TLSFileError) {
        self.certificate = certificate
        self.key = key
        context = Mutex(try Self.read(certificate, key))
    }

    /// Reads both files again, for the connections that are opened from now on. When it throws, nothing has changed.
    public func reload() throws(TLSFileError) {
        let new = try Self.read(certificate, key)
        context.withLock { $0 = new }
    }

    func handler() -> NIOSSLServerHandler { NIOSSLServerHandler(context: context.withLock { $0 }) }

    private static func read(_ certificate: String, _ key: String) throws(TLSFileError) -> NIOSSLContext {
        let certificateBytes = try bytes(of: certificate, "certificate")
        let keyBytes = try bytes(of: key, "private key")
        guard let chain = try? NIOSSLCertificate.fromPEMBytes(certificateBytes), !chain.isEmpty else {
            throw TLSFileError("there is no certificate in PEM in \(certificate)")
        }
        guard let secret = try? NIOSSLPrivateKey(bytes: keyBytes, format: .pem) else {
            throw TLSFileError("there is no private key in PEM, without a passphrase, in \(key)")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(secret)
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        configuration.trustRoots = .certificates([])
        configuration.shutdownTimeout = .seconds(1)
        guard let context = try? NIOSSLContext(configuration: configuration) else {
            throw TLSFileError("the private key in \(key) does not belong to the certificate in \(certificate)")
        }
        return context
    }

    private static func bytes(of path: String, _ what: String) throws(TLSFileError) -> [UInt8] {
        guard access(path, R_OK) == 0 else {
            throw TLSFileError("cannot read the \(what) \(path): \(String(cString: strerror(errno)))")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw TLSFileError("cannot read the \(what) \(path): it is not a file")
        }
        return Array(data)
    }
}

/// Why a certificate cannot be used, in one line.
public struct TLSFileError: Error, CustomStringConvertible {
    /// The line.
    public let description: String

    init(_ description: String) { self.description = description.line() }
}
