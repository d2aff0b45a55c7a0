import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A client on the system's own calls: it gets every byte that the system has for it, and knows a reset from an end. Its calls block,
/// so they belong on a thread of their own (``onThread(_:)``).
final class BlockingClient: Sendable {
    /// How a connection ended: the server closed it, or reset it, or did neither in time.
    enum End: Sendable { case closed, reset, late }

    /// Microseconds between segments, in which the server mostly reads the one before.
    private static let pause: UInt32 = 1_000

    private let descriptor: Int32

    /// Connects to a port of the loopback. With a `buffer`, the system takes in about so many bytes before they are read, no more.
    init(port: Int, buffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Self.stream, 0)
        set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        if let buffer { set(SOL_SOCKET, SO_RCVBUF, buffer) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if status != 0 { throw Self.failure }
    }

    deinit { _ = close(descriptor) }

    /// Calls this on a new thread.
    static func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
        }
    }

    /// Sends as much of it as the system takes at once.
    func send(_ text: String) throws {
        var unsent = [Array(text.utf8)]
        _ = try sendSome(of: &unsent)
    }

    /// Sends the segments one after the other and closes its side, and reads all the while. Goes on sending when the server closes the
    /// connection before. The patience is shorter than every limit of ``Limits/with(_:)``, so that no limit hides a hang.
    func exchange(_ segments: [[UInt8]], within patience: Duration = .seconds(120)) -> (bytes: [UInt8], end: End) {
        let due = ContinuousClock.now + patience
        var unsent: [[UInt8]] = segments.reversed()
        var bytes: [UInt8] = []
        var isSending = true
        var isReading = true
        do {
            while isSending || isReading {
                if ContinuousClock.now >= due { return (bytes, .late) }
                wait(toSend: isSending, toRead: isReading)
                if isReading { isReading = try readSome(&bytes) }
                if isSending { isSending = try sendSome(of: &unsent) }
                if !unsent.isEmpty { usleep(Self.pause) }
            }
        } catch {
            while (try? readSome(&bytes)) == true {}
            return (bytes, .reset)
        }
        return (bytes, error == 0 ? .closed : .reset)
    }

    /// Sends until the other side has taken nothing for a while, and returns how many of the bytes were taken. Throws when the connection
    /// is reset.
    func sendUntilBlocked(_ bytes: [UInt8]) throws -> Int {
        var sent = 0
        var refused = 0
        while sent < bytes.count, refused < 5 {
            let count = try attempt {
                bytes[sent...].withUnsafeBytes { Foundation.send(descriptor, $0.baseAddress, $0.count, Self.flags) }
            }
            sent += count ?? 0
            refused = count == nil ? refused + 1 : 0
            if count == nil { wait(toSend: true, toRead: false) }
        }
        return sent
    }

    /// Lets the connection end with a reset, and not after the other side has received all bytes.
    func resetsAtTheEnd() {
        var immediate = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &immediate, socklen_t(MemoryLayout<linger>.size))
    }

    /// Reads at least so many bytes.
    func receive(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            wait(toSend: false, toRead: true)
            if try !readSome(&bytes) { throw POSIXError(.ECONNRESET) }
        }
        return bytes
    }

    private func wait(toSend: Bool, toRead: Bool) {
        let events = (toSend ? POLLOUT : 0) | (toRead ? POLLIN : 0)
        var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        _ = poll(&request, 1, 100)
    }

    /// Sends a part of the last one. Returns false if there is none left to send.
    private func sendSome(of unsent: inout [[UInt8]]) throws -> Bool {
        guard let segment = unsent.popLast() else {
            _ = shutdown(descriptor, Int32(SHUT_WR))
            return false
        }
        let count = try attempt { Foundation.send(descriptor, segment, segment.count, Self.flags) } ?? 0
        if count < segment.count { unsent.append(Array(segment[count...])) }
        return true
    }

    /// False at the end.
    private func readSome(_ bytes: inout [UInt8]) throws -> Bool {
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { buffer in
            let count = try attempt { recv(descriptor, buffer.baseAddress, buffer.count, Self.flags) }
            bytes += buffer.prefix(count ?? 0)
            return count != 0
        }
    }

    /// The result of the system call; nil if it must be repeated.
    private func attempt(_ call: () -> Int) throws -> Int? {
        let result = call()
        if result >= 0 { return result }
        if [EAGAIN, EINTR].contains(errno) { return nil }
        throw Self.failure
    }

    /// The error that the connection has; 0 for none.
    private var error: Int32 {
        var value: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &value, &size)
        return value
    }

    private func set(_ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static var failure: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

    #if canImport(Glibc)
        private static let stream = Int32(SOCK_STREAM.rawValue)
    #else
        private static let stream = SOCK_STREAM
    #endif
    #if canImport(Darwin)
        private static let flags = MSG_DONTWAIT
    #else
        private static let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
    #endif
}
