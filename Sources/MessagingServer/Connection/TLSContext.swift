import NIOCore

#if TLS
    import NIOSSL
#endif

/// A certificate with its private key, ready for connections. None can be created without the package's trait `TLS`, whose library takes a
/// third of the time of a build.
struct TLSContext: Sendable {
    /// The faulty part of a certificate and its key.
    enum Fault: Error {
        case certificate, key, pair
    }

    #if TLS
        /// Whether this program was built with TLS.
        static let isBuilt = true

        private let context: NIOSSLContext

        /// Reads a certificate with its chain and its private key, both in PEM.
        init(certificate: [UInt8], key: [UInt8]) throws(Fault) {
            guard let chain = try? NIOSSLCertificate.fromPEMBytes(certificate), !chain.isEmpty else {
                throw .certificate
            }
            guard let secret = try? NIOSSLPrivateKey(bytes: key, format: .pem) else { throw .key }
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(secret)
            )
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            configuration.trustRoots = .certificates([])
            configuration.shutdownTimeout = .seconds(1)
            guard let context = try? NIOSSLContext(configuration: configuration) else { throw .pair }
            self.context = context
        }

        /// Returns the handler that secures one connection.
        func handler() -> any ChannelHandler { NIOSSLServerHandler(context: context) }

        /// Returns whether an error means that a connection ended without a TLS close notification.
        static func isUncleanEnd(_ error: any Error) -> Bool {
            if case NIOSSLError.uncleanShutdown = error { true } else { false }
        }
    #else
        static let isBuilt = false

        private let handlers: Never

        init(certificate: [UInt8], key: [UInt8]) throws(Fault) { throw .certificate }

        func handler() -> any ChannelHandler { switch handlers {} }

        static func isUncleanEnd(_ error: any Error) -> Bool { false }
    #endif
}
