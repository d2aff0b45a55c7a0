import Foundation
import MessagingSDK
import Testing

#if os(Linux)
    import AsyncHTTPClient
    import NIOSSL
#endif

/// Calls of the program over HTTPS, with a certificate that the test makes.
@Suite(.generousLimit) struct EncryptionTests {
    private func run(_ body: (ServerProgram, _ certificate: URL) async throws -> Void) async throws {
        try await ServerProgram.run(prepare: { directory in
            let certificate = directory.appending(path: "certificate.pem").path()
            let key = directory.appending(path: "key.pem").path()
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout", key, "-out", certificate,
            ]
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
            return ["--tls-certificate", certificate, "--tls-key", key]
        }) { server in
            try await body(server, server.directory.appending(path: "certificate.pem"))
        }
    }

    #if os(Linux)
        @Test func aClientThatTrustsTheCertificateIsServed() async throws {
            try await run { server, certificate in
                var configuration = HTTPClient.Configuration()
                configuration.tlsConfiguration = .makeClientConfiguration()
                configuration.tlsConfiguration?.trustRoots = .file(certificate.path())
                let inner = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
                let client = MessagingClient(
                    baseURL: server.url,
                    credentials: server.credentials,
                    transport: AsyncHTTPClientTransport(inner)
                )
                let made = try await client.settings.create(MessagingSettingRequest(name: "n"))
                #expect(try await client.settings.get(made.id) == made)
                try await inner.shutdown()
            }
        }
    #endif

    /// No request was sent, so nothing can have been applied. FoundationNetworking does not report that.
    @Test(arguments: TransportKind.allCases) func aClientThatDoesNotTrustTheCertificateIsNotConnected(
        _ kind: TransportKind
    ) async throws {
        try await run { server, _ in
            var options = ClientOptions()
            options.retries = .never
            let client = MessagingClient(
                baseURL: server.url,
                credentials: .accessToken("t0ken"),
                options: options,
                transport: kind.transport
            )
            let error = await #expect(throws: MessagingError.self) {
                try await client.settings.create(MessagingSettingRequest(name: "n"))
            }
            #expect(error?.reason == (kind == .platform ? .notConnected : .interrupted))
            #expect(error?.outcomeIsUnknown == (kind != .platform))
            #expect(error?.message.lowercased().contains("certificate") == true, "\(error.map { "\($0)" } ?? "")")
        }
    }
}
