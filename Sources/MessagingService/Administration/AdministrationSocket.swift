import Foundation
import Logging
import MessagingSQLite
import MessagingServer
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The Unix socket at which a running server serves the operations of the administration over HTTP, and nothing else. A process that can
/// open the socket's file, of mode 0600, may call them.
struct AdministrationSocket: Service {
    /// Returns the path of the socket of a database: the `given` path, or else the path that the engine names. Returns nil if neither is there and
    /// commands need no socket.
    ///
    /// Throws in these cases:
    ///
    /// - Commands need a socket, no path is given, and the engine names none.
    /// - The path is longer than 103 bytes, SwiftNIO's limit for every system.
    /// - The path has a file of another kind, or a socket that another user owns or can write.
    /// - The directory of a `given` path does not exist.
    static func path(of engine: Engine, given: String?) throws(StartError) -> String? {
        let setting = Settings.socket.description
        if given == nil, engine.isShared { return nil }
        guard let path = given ?? engine.socket else {
            throw StartError(
                "\(engine) has no place for a socket: give one with \(setting.flag) or \(setting.variable)"
            )
        }
        if path.isEmpty { throw StartError("\(setting.flag) is empty; it must be a path") }
        guard path.utf8.count <= 103 else {
            throw StartError(
                "the path \(path) is too long for a socket, whose path can have 103 bytes: give a shorter path with "
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

    private let service: any Service
    private let commands: RunningCommands

    /// Throws if a server listens at the path, since a second server with the same path would take it from the first. Also throws if that
    /// cannot be determined, and if no socket can be created there.
    static func checkIsFree(_ path: String) async throws(StartError) {
        guard FileManager.default.isWritableFile(atPath: directory(of: path)) else {
            throw StartError(
                "cannot make the socket \(path): the directory \(directory(of: path)) is not writable"
            )
        }
        do {
            let group = MultiThreadedEventLoopGroup.singleton
            try await ClientBootstrap(group: group).connect(unixDomainSocketPath: path).get().close()
        } catch let error as IOError {
            if [ENOENT, ECONNREFUSED].contains(error.errnoCode) { return }
            throw StartError("cannot use the socket \(path): \(error.reason)")
        } catch {
            throw StartError("cannot use the socket \(path): \(error)")
        }
        let setting = Settings.socket.description
        throw StartError(
            "another server listens on the socket \(path): give this server another socket with \(setting.flag) or \(setting.variable)"
        )
    }

    /// Listens at `path` and replaces a socket that a process left there. `responder` handles the requests, and `commands` are those that run
    /// for them. Throws if the path cannot be bound.
    init(
        path: String,
        responder: Responder,
        commands: RunningCommands,
        logger: Logger
    ) async throws(StartError) {
        self.commands = commands
        do {
            service = try await HTTPServer(
                responder: responder,
                load: ServerLoad(),
                limits: .administration,
                logger: logger
            ).listen(unixSocket: path, eventLoopGroup: .singleton)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        } catch let error as IOError {
            throw StartError("cannot listen on the socket \(path): \(error.reason)")
        } catch {
            throw StartError("cannot listen on the socket \(path): \(error)")
        }
    }

    /// Serves connections until the server stops. Then the running commands are cancelled.
    func run() async throws {
        try await withGracefulShutdownHandler {
            try await service.run()
        } onGracefulShutdown: {
            commands.stop()
        }
    }
}
