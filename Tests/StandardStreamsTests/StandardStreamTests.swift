import Foundation
import Testing

@testable import StandardStreams

struct StandardStreamTests {
    @Test func aReaderGetsAllBytes() throws {
        let pipe = Pipe()
        // More than a pipe holds, so that several writes are needed.
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let number = pipe.fileHandleForWriting.fileDescriptor
        Thread.detachNewThread {
            try? StandardStream.write(bytes, to: number)
            try? pipe.fileHandleForWriting.close()
        }
        #expect(try pipe.fileHandleForReading.readToEnd() == Data(bytes))
    }

    /// A socket that sends nothing any more is like a pipe without a reader. A program that another test starts could keep the reader of a pipe.
    @Test func aReaderThatHasGoneIsReported() throws {
        StandardStream.prepareAll()
        var sockets: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Self.stream, 0, &sockets) == 0)
        defer { for socket in sockets { close(socket) } }
        try #require(shutdown(sockets[0], Self.sending) == 0)
        let error = #expect(throws: StreamError.self) { try StandardStream.write([1], to: sockets[0]) }
        #expect(error?.isClosedPipe == true)
    }

    #if canImport(Glibc)
        private static let stream = Int32(SOCK_STREAM.rawValue)
        private static let sending = Int32(SHUT_WR)
    #else
        private static let stream = SOCK_STREAM
        private static let sending = SHUT_WR
    #endif

    @Test func anotherFailureHasTheWordsOfTheSystem() throws {
        let source = try #require(FileHandle(forReadingAtPath: "/dev/null"))
        let error = #expect(throws: StreamError.self) { try StandardStream.write([1], to: source.fileDescriptor) }
        #expect(error?.isClosedPipe == false)
        #expect(error?.description == "Bad file descriptor")
    }
}
