import Foundation
import Logging
import MessagingContract
import MessagingSQLite
import NIOCore
import NIOExtras
import NIOPosix
import ServiceLifecycle

/// The Unix socket through which commands reach a running server. A request is a line of JSON; so is its answer,
/// `{"result": ...}` or `{"error": "..."}`, before which lines `{"progress": [done, total]}` come: the first, `[0, 0]`, at once, so that a
/// client knows that its command runs. Whoever may open the socket's file, of mode 0600, may ask.
struct AdministrationSocket: Service {
    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Returns where the socket of a database is: at the `given` path, or else beside the file itself, by whatever link it was named.
    ///
    /// Throws when the path is longer than the 103 bytes that a socket's can have, as SwiftNIO has it for every system, when
    /// something else is there, or a socket that is not to be trusted, and when a `given` path is in no directory of this machine.
    static func path(database: String, given: String?) throws(StartError) -> String {
        let path = given ?? .beside(database: database, suffix: ".socket")
        let setting = Settings.socket.description
        if path.isEmpty { throw StartError("\(setting.flag) is empty; it is a path") }
        guard path.utf8.count <= 103 else {
            throw StartError(
                "the path \(path) is too long for a socket, which can have 103 bytes: give a shorter one with "
                    + "\(setting.flag) or \(setting.variable)"
            )
        }
        do { try FileRule.socket.check(path) } catch { throw StartError("cannot use the socket \(path): \(error)") }
        if given != nil, !FileManager.default.fileExists(atPath: directory(of: path)) {
            throw StartError("cannot use the socket \(path): there is no directory \(directory(of: path))")
        }
        return path
    }

    private static func directory(of path: String) -> String { URL(filePath: path).deletingLastPathComponent().path }

    private static let longestAnswer = 64 << 20
    private let database: String
    private let administration: Administration
    private let listener: NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>
    private let logger: Logger

    /// Throws when a server listens at the path: two servers may be given one, and the second would take it from the first. Throws
    /// also when that cannot be found out, and when no socket can be made there.
    static func checkIsFree(_ path: String) async throws(StartError) {
        guard FileManager.default.isWritableFile(atPath: directory(of: path)) else {
            throw StartError(
                "cannot make the socket \(path): the directory \(directory(of: path)) cannot be written to"
            )
        }
        do {
            let group = MultiThreadedEventLoopGroup.singleton
            try await ClientBootstrap(group: group).connect(unixDomainSocketPath: path).get().close()
        } catch let error as IOError {
            if [ENOENT, ECONNREFUSED].contains(error.errnoCode) { return }
            throw StartError("cannot use the socket \(path): \(error.words)")
        } catch {
            throw StartError("cannot use the socket \(path): \(error)")
        }
        let setting = Settings.socket.description
        throw StartError(
            "another server listens on the socket \(path): give this one another with \(setting.flag) or \(setting.variable)"
        )
    }

    /// Listens at `path` for commands on `database`, in the place of a socket that a process left there. Throws when the path cannot be
    /// bound.
    init(
        path: String,
        database: String,
        administration: Administration,
        logger: Logger
    ) async throws(StartError) {
        self.database = database
        self.administration = administration
        self.logger = logger
        let open = AdministrationLimits.Count()
        do {
            listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try Self.frame(channel, AdministrationLimits.longestRequest, AdministrationLimits(open))
                    }
                }
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch let error as IOError {
            throw StartError("cannot listen on the socket \(path): \(error.words)")
        } catch {
            throw StartError("cannot listen on the socket \(path): \(error)")
        }
    }

    func run() async throws {
        try await withGracefulShutdownHandler {
            try await withThrowingDiscardingTaskGroup { group in
                try await listener.executeThenClose { connections in
                    for try await connection in connections { group.addTask { await answer(connection) } }
                }
            }
        } onGracefulShutdown: {
            listener.channel.close(promise: nil)
        }
    }

    private func answer(_ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                for try await line in inbound.cancelOnGracefulShutdown() {
                    let reports = ProgressReports(outbound)
                    try await reports.begin()
                    let answer = await cancelWhenGracefulShutdown { () async -> JSON in
                        await self.answer(Array(line.readableBytesView), reports.report)
                    }
                    try await outbound.write(ByteBuffer(bytes: answer.bytes + [UInt8(ascii: "\n")]))
                    try await connection.channel.triggerUserOutboundEvent(AdministrationLimits.Answered()).get()
                }
            }
        } catch {
            logger.debug("administration connection ended", metadata: ["cause": "\(error)"])
        }
    }

    private func answer(_ line: [UInt8], _ progress: @escaping AdministrationProgress) async -> JSON {
        var metadata: Logger.Metadata = [:]
        do throws(APIError) {
            let request = try AdministrationRequest(document: line)
            metadata["command"] = "\(request.command.rawValue)"
            if let asked = request.database, let own = DatabaseID(database), asked != own.text {
                throw .badRequest("the server at this socket has another database: see --socket")
            }
            let result = try await administration.run(request, log: &metadata, progress: progress)
            logger.notice("administration", metadata: metadata)
            return ["result": result]
        } catch {
            metadata["reason"] = "\(error.code)"
            logger.notice("administration refused", metadata: metadata)
            if let cause = error.cause { logger.error("administration failed", metadata: ["cause": "\(cause)"]) }
            return ["error": .string(error.message)]
        }
    }

    /// Asks the server that listens at `path`; nil when none does. Throws the error that it answers, as a line, and when it does not begin
    /// to answer within half a minute.
    static func ask(
        _ path: String,
        _ request: AdministrationRequest,
        progress: @escaping AdministrationProgress
    ) async throws(StartError) -> JSON? {
        let answer: JSON
        do {
            let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture { try frame(channel, longestAnswer, AnswerDeadline()) }
                }
            answer = try await connection.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(bytes: request.json.bytes + [UInt8(ascii: "\n")]))
                for try await line in inbound {
                    let answer = try JSON(parsing: Array(line.readableBytesView))
                    guard let parts = answer["progress"]?.array?.compactMap(\.number?.int), parts.count == 2 else {
                        return answer
                    }
                    try await progress(parts[0], parts[1])
                }
                throw StartError("the server closed the connection")
            }
        } catch let error as IOError where [ENOENT, ECONNREFUSED].contains(error.errnoCode) {
            return nil
        } catch {
            throw StartError("cannot ask the running server through \(path): \(error)")
        }
        if let result = answer["result"] { return result }
        throw StartError(answer["error"]?.string ?? "the server did not answer")
    }

    private static func frame(
        _ channel: any Channel,
        _ longestLine: Int,
        _ limits: some ChannelHandler
    ) throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        try channel.pipeline.syncOperations.addHandler(
            ByteToMessageHandler(LineBasedFrameDecoder(), maximumBufferSize: longestLine)
        )
        try channel.pipeline.syncOperations.addHandler(limits)
        return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
    }
}
