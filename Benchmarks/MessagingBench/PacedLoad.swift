import ArgumentParser
import Foundation
import NIOCore
import NIOPosix

/// Sends requests at a steady pace, whatever the server does. The time of a response counts from the moment at which its request was due,
/// so a server that stalls does not get fewer requests.
struct PacedLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "paced", abstract: "Requests at a steady pace.")

    @Option(help: "The port of the server.")
    var port: Int

    @Option(help: "What is asked for.")
    var path: String

    @Option(help: "Bytes of the body of each answer.")
    var size: Int

    @Option(help: "Requests a second.")
    var rate: Double

    @Option(help: "Connections.")
    var connections = 64

    @Option(help: "How long.")
    var seconds = 1.0

    func run() async throws {
        let loop = MultiThreadedEventLoopGroup(numberOfThreads: 1).next()
        let size = size
        let bootstrap = ClientBootstrap(group: loop).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(Asker(size))
            }
        }
        var channels: [any Channel] = []
        for _ in 0..<connections { channels.append(try await bootstrap.connect(host: "127.0.0.1", port: port).get()) }
        let token = ProcessInfo.processInfo.environment["BENCH_TOKEN"].map { "Authorization: Bearer \($0)\r\n" } ?? ""
        let head = ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\(token)\r\n")
        let (all, request, rate, seconds) = (channels, head, rate, seconds)
        let processor = Load.processorTime()
        let durations = try await loop.flatSubmit {
            do {
                let askers = try all.map { try $0.pipeline.syncOperations.handler(type: Asker.self) }
                return Pace(askers, request, loop, rate: rate, seconds: seconds).run()
            } catch {
                return loop.makeFailedFuture(error)
            }
        }.get()
        Load(
            calls: durations.count,
            seconds: seconds * Pace.counted,
            processorSeconds: (Load.processorTime() - processor) * Pace.counted,
            microseconds: durations.sorted()
        ).print()
    }
}

/// Gives each connection its requests when they are due.
private final class Pace {
    private let askers: [Asker]
    private let head: ByteBuffer
    private let loop: any EventLoop
    private let interval: Double
    private let count: Int
    private let start = NIODeadline.now() + .milliseconds(10)
    private let done: EventLoopPromise<[Double]>
    private var next = 0

    init(_ askers: [Asker], _ head: ByteBuffer, _ loop: any EventLoop, rate: Double, seconds: Double) {
        self.askers = askers
        self.head = head
        self.loop = loop
        interval = 1_000_000_000 / rate
        count = Int(rate * seconds)
        done = loop.makePromise()
    }

    func run() -> EventLoopFuture<[Double]> {
        proceed()
        return done.futureResult
    }

    private var due: NIODeadline { start + .nanoseconds(Int64(Double(next) * interval)) }

    private func proceed() {
        while next < count, due <= .now() {
            askers[next % askers.count].ask(head, due)
            next += 1
        }
        if next < count {
            loop.assumeIsolated().scheduleTask(deadline: due) { self.proceed() }
        } else {
            loop.assumeIsolated().scheduleTask(in: .milliseconds(500)) { self.finish() }
        }
    }

    /// The counted part of the time. Earlier requests are not counted.
    static let counted = 0.9

    private func finish() {
        let warm = start + .nanoseconds(Int64(Double(count) * interval * (1 - Self.counted)))
        let answered = askers.reduce(0) { $0 + $1.answered.count }
        guard answered == count else { return done.fail(ValidationError("\(answered) of \(count) were answered")) }
        done.succeed(askers.flatMap(\.answered).filter { $0.due >= warm }.map(\.microseconds))
    }
}

/// A connection, which has one request at a time on its way. It reads no more of an answer than its status, and where it ends: a parser
/// would take as long as the server does.
private final class Asker: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private(set) var answered: [(due: NIODeadline, microseconds: Double)] = []
    private let size: Int
    private var waiting: [(ByteBuffer, due: NIODeadline)] = []
    private var context: ChannelHandlerContext?
    private var answer = ByteBuffer()

    init(_ size: Int) { self.size = size }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func ask(_ head: ByteBuffer, _ due: NIODeadline) {
        waiting.append((head, due))
        if waiting.count == 1 { send() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        answer.writeImmutableBuffer(unwrapInboundIn(data))
        guard answer.readableBytes > size, endsWithItsBody, !waiting.isEmpty else { return }
        let due = waiting.removeFirst().due
        if isGood { answered.append((due, Double((NIODeadline.now() - due).nanoseconds) / 1_000)) }
        answer.clear()
        send()
    }

    /// Whether the empty line before the body stands so many bytes before the end.
    private var endsWithItsBody: Bool {
        answer.getBytes(at: answer.writerIndex - size - 4, length: 4) == Array("\r\n\r\n".utf8)
    }

    private var isGood: Bool { answer.getBytes(at: 9, length: 3) == Array("200".utf8) }

    private func send() {
        guard let context, let (head, _) = waiting.first else { return }
        context.writeAndFlush(wrapOutboundOut(head), promise: nil)
    }
}
