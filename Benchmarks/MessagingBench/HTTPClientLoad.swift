import ArgumentParser
import AsyncHTTPClient
import Foundation
import MessagingContract
import NIOCore
import NIOHTTP1

/// Gets a setting through AsyncHTTPClient with the SDK's decoding, again and again.
struct HTTPClientLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "ahc", abstract: "Calls of AsyncHTTPClient.")

    @OptionGroup var target: LoadTarget

    func run() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let path = MessagingSettingEndpoints.current.resource.get.operation.target([target.id], Query())
        let url = try target.url(path).absoluteString
        let authorization = "Bearer \(try target.token())"
        let load = try await Load.run(seconds: target.seconds, concurrency: target.concurrency) { _ in
            var request = HTTPClientRequest(url: url)
            request.headers.add(name: "Authorization", value: authorization)
            let answer = try await client.execute(request, timeout: .seconds(30))
            let bytes = try await answer.body.collect(upTo: 1 << 20)
            guard answer.status == .ok else { throw ValidationError("status \(answer.status.code)") }
            _ = try MessagingSetting(document: Array(bytes.readableBytesView))
        }
        load.print()
        try await client.shutdown()
    }
}
