import CLibPQ
import Foundation
import MessagingCore

/// One connection to the database. It belongs to one thread at a time, which waits in its calls.
///
/// Statements are sent as a pipeline: all of a call at once, with one synchronization after them. They form one transaction if they begin and
/// end one. After a refused statement the database skips the rest of the call.
final class Session {
    /// The texts of the warnings of the present call.
    final class Warnings {
        fileprivate(set) var texts: [String] = []
    }

    private let connection: OpaquePointer
    private let warnings: Warnings
    /// The names of the prepared statements. A statement is kept, since a later one could otherwise have its identity.
    private var prepared: [ObjectIdentifier: (name: String, statement: Statement)] = [:]
    private var preparedCount = 0
    /// Whether each transaction may have another connection of the database. Then no statement is prepared, and settings do not stay.
    let isPooled: Bool
    /// The facts about the server, once they were read.
    var facts: DatabaseFacts?
    /// Whether the session can no longer be used.
    private(set) var isLost = false
    private var isFinished = false

    /// Connects, and waits at most `timeout`.
    init(_ address: DatabaseAddress, timeout: Duration) throws(SessionError) {
        guard let connection = address.start() else { throw .lost(message: "there is no memory", isSent: false) }
        (self.connection, isPooled) = (connection, address.isPooled)
        warnings = Warnings()
        // The receiver runs during calls of libpq only, and the session owns both.
        _ = PQsetNoticeReceiver(
            connection,
            { receiver, result in
                guard let receiver, let result else { return }
                let severity = PQresultErrorField(result, Int32(UInt8(ascii: "V"))).map { String(cString: $0) }
                guard severity == "WARNING" else { return }
                let warnings = Unmanaged<Warnings>.fromOpaque(receiver).takeUnretainedValue()
                warnings.texts.append(Session.line(String(cString: PQresultErrorMessage(result))))
            },
            Unmanaged.passUnretained(warnings).toOpaque()
        )
        try connect(by: ContinuousClock.now + timeout)
    }

    deinit { close() }

    /// Whether the last call got a warning. A commit with a warning may not be durable everywhere.
    var hasWarning: Bool { !warnings.texts.isEmpty }

    /// The warnings of the last call, for the log.
    var warning: String { warnings.texts.joined(separator: "; ") }

    /// Whether the database is still inside a transaction after a call.
    private var isInTransaction: Bool { !isLost && PQtransactionStatus(connection) != PQTRANS_IDLE }

    /// Begins a transaction that writes.
    static let beginWrite = Statement("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
    /// Ends a transaction, and keeps its writes.
    static let commit = Statement("COMMIT")
    /// Ends a transaction without its writes.
    static let rollback = Statement("ROLLBACK")
    /// The SQLSTATE of a write to a database that can only be read.
    private static let readOnly = "25006"
    /// The SQLSTATE of the beginning of a write on a standby.
    private static let unsupported = "0A000"

    /// Runs statements and returns the rows of each. Waits at most `timeout`, after which the session is lost.
    ///
    /// Throws ``SessionError/refused(state:message:statement:)`` for the first refused statement. Their transaction is rolled back then.
    func run(_ queries: [Query], within timeout: Duration) throws(SessionError) -> [Rows] {
        do throws(SessionError) {
            return try attempt(queries, within: timeout)
        } catch {
            if case .refused(let state, _, let statement) = error {
                // The server became a standby, so this connection is of no use.
                if state == Self.readOnly || state == Self.unsupported && statement == 0 { close() }
                if isInTransaction { _ = try? attempt([Query(Self.rollback)], within: timeout) }
                if isInTransaction { close() }
            }
            throw error
        }
    }

    private func attempt(_ queries: [Query], within timeout: Duration) throws(SessionError) -> [Rows] {
        let deadline = ContinuousClock.now + timeout
        warnings.texts = []
        try readWhatHasCome()
        let preparations = queries.filter { query in
            let id = ObjectIdentifier(query.statement)
            guard !isPooled, prepared[id] == nil else { return false }
            preparedCount += 1
            prepared[id] = ("s\(preparedCount)", query.statement)
            return true
        }
        for query in preparations where !prepare(query) { throw lost(isSent: false) }
        // Preparing begins a transaction, whose isolation could no longer be chosen.
        if !preparations.isEmpty, PQpipelineSync(connection) != 1 { throw lost(isSent: false) }
        for query in queries where !send(query) { throw lost(isSent: false) }
        guard PQpipelineSync(connection) == 1 else { throw lost(isSent: true) }
        try flush(by: deadline)
        var refusal: SessionError?
        for query in preparations {
            let result = try result(by: deadline, of: 0, &refusal)
            if PQresultStatus(result) != PGRES_COMMAND_OK { prepared[ObjectIdentifier(query.statement)] = nil }
            PQclear(result)
        }
        if !preparations.isEmpty { try expectSync(by: deadline) }
        var rows: [Rows] = []
        for number in queries.indices { rows.append(Rows(try result(by: deadline, of: number, &refusal))) }
        try expectSync(by: deadline)
        if let refusal { throw refusal }
        return rows
    }

    /// Reads what the database has sent since the last call. So a connection that it has closed is noticed before anything is sent.
    private func readWhatHasCome() throws(SessionError) {
        while !isLost {
            var polled = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
            if poll(&polled, 1, 0) <= 0 { break }
            guard PQconsumeInput(connection) == 1 else { throw lost(isSent: false) }
            // Makes libpq interpret what it has read.
            _ = PQisBusy(connection)
        }
        if isLost || PQstatus(connection) != CONNECTION_OK { throw lost(isSent: false) }
    }

    /// Runs a script of statements without values, which may be separated by semicolons.
    func runScript(_ text: String, within timeout: Duration) throws(SessionError) {
        let deadline = ContinuousClock.now + timeout
        warnings.texts = []
        guard !isLost, PQexitPipelineMode(connection) == 1, PQsendQuery(connection, text) == 1 else {
            throw lost(isSent: false)
        }
        try flush(by: deadline)
        var refusal: SessionError?
        while let result = try next(by: deadline) {
            note(result, of: 0, &refusal)
            PQclear(result)
        }
        guard PQenterPipelineMode(connection) == 1 else { throw lost(isSent: true) }
        if let refusal { throw refusal }
    }

    /// Closes the connection.
    func close() {
        if isFinished { return }
        (isLost, isFinished) = (true, true)
        PQfinish(connection)
    }

    private func connect(by deadline: ContinuousClock.Instant) throws(SessionError) {
        // Polled any earlier, libpq would not go on to the next address after a refusal.
        if PQstatus(connection) != CONNECTION_BAD { try wait(Int16(POLLOUT), by: deadline, isSent: false) }
        while true {
            switch PQconnectPoll(connection) {
            case PGRES_POLLING_READING: try wait(Int16(POLLIN), by: deadline, isSent: false)
            case PGRES_POLLING_WRITING: try wait(Int16(POLLOUT), by: deadline, isSent: false)
            case PGRES_POLLING_OK:
                guard PQsetnonblocking(connection, 1) == 0, PQenterPipelineMode(connection) == 1 else {
                    throw lost(isSent: false)
                }
                return
            default: throw lost(isSent: false)
            }
        }
    }

    private func prepare(_ query: Query) -> Bool {
        let types = query.values.map(\.type)
        return PQsendPrepare(connection, name(query), query.statement.text, Int32(types.count), types) == 1
    }

    private func send(_ query: Query) -> Bool {
        let values = query.values.map(\.encoded)
        let count = Int32(values.count)
        let lengths = values.map { Int32(clamping: $0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: values.count)
        // An empty value needs an address, since none means NULL.
        var bytes: [UInt8] = []
        for value in values {
            if let value { bytes += value + [0] }
        }
        return bytes.withUnsafeBufferPointer { bytes in
            var offset = 0
            let pointers = values.map { value -> UnsafePointer<CChar>? in
                guard let value, let base = bytes.baseAddress else { return nil }
                defer { offset += value.count + 1 }
                return UnsafeRawPointer(base + offset).assumingMemoryBound(to: CChar.self)
            }
            if !isPooled {
                return PQsendQueryPrepared(connection, name(query), count, pointers, lengths, formats, 1) == 1
            }
            let types = query.values.map(\.type)
            return PQsendQueryParams(connection, query.statement.text, count, types, pointers, lengths, formats, 1) == 1
        }
    }

    private func name(_ query: Query) -> String { prepared[ObjectIdentifier(query.statement)]?.name ?? "" }

    /// Returns the result of one statement, which ends with an empty one.
    private func result(
        by deadline: ContinuousClock.Instant,
        of statement: Int,
        _ refusal: inout SessionError?
    ) throws(SessionError) -> OpaquePointer {
        guard let result = try next(by: deadline) else { throw lost(isSent: true) }
        note(result, of: statement, &refusal)
        do throws(SessionError) {
            let status = PQresultStatus(result)
            let isEnd = try next(by: deadline)
            PQclear(isEnd)
            // Without a refusal, only these say that the statement was done.
            guard isEnd == nil, refusal != nil || status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
                throw lost(isSent: true)
            }
        } catch {
            PQclear(result)
            throw error
        }
        return result
    }

    private func expectSync(by deadline: ContinuousClock.Instant) throws(SessionError) {
        let result = try next(by: deadline)
        defer { PQclear(result) }
        guard let result, PQresultStatus(result) == PGRES_PIPELINE_SYNC else { throw lost(isSent: true) }
    }

    /// Notes the error of a result, if it is the first one.
    private func note(_ result: OpaquePointer, of statement: Int, _ refusal: inout SessionError?) {
        guard refusal == nil, PQresultStatus(result) == PGRES_FATAL_ERROR else { return }
        let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))).map { String(cString: $0) }
        let message = PQresultErrorField(result, Int32(UInt8(ascii: "M"))).map { String(cString: $0) }
        // Without a state, libpq itself made the error, since the connection is lost.
        if let state { refusal = .refused(state: state, message: Self.line(message ?? ""), statement: statement) }
    }

    private func next(by deadline: ContinuousClock.Instant) throws(SessionError) -> OpaquePointer? {
        while PQisBusy(connection) == 1 {
            try wait(Int16(POLLIN), by: deadline, isSent: true)
            guard PQconsumeInput(connection) == 1 else { throw lost(isSent: true) }
        }
        let result = PQgetResult(connection)
        if PQstatus(connection) != CONNECTION_OK {
            PQclear(result)
            throw lost(isSent: true)
        }
        return result
    }

    private func flush(by deadline: ContinuousClock.Instant) throws(SessionError) {
        while true {
            switch PQflush(connection) {
            case 0: return
            case 1:
                try wait(Int16(POLLIN | POLLOUT), by: deadline, isSent: true)
                // The database may answer before it has read everything.
                guard PQconsumeInput(connection) == 1 else { throw lost(isSent: true) }
            default: throw lost(isSent: true)
            }
        }
    }

    /// Waits until the socket can be read or written.
    private func wait(_ events: Int16, by deadline: ContinuousClock.Instant, isSent: Bool) throws(SessionError) {
        while true {
            let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
            guard left > 0 else {
                close()
                throw .lost(message: "the database did not answer in time", isSent: isSent)
            }
            var polled = pollfd(fd: PQsocket(connection), events: events, revents: 0)
            let count = poll(&polled, 1, Int32(clamping: Int64(min(left.rounded(.up), 60_000))))
            if count > 0 { return }
            if count < 0, errno != EINTR { throw lost(isSent: isSent) }
        }
    }

    /// Returns a message of libpq, which may have several lines, in one.
    private static func line(_ message: String) -> String {
        message.split(whereSeparator: \.isWhitespace).joined(separator: " ").line()
    }

    /// Closes the session, and returns the error with libpq's message.
    private func lost(isSent: Bool) -> SessionError {
        let message = isFinished ? "" : Self.line(String(cString: PQerrorMessage(connection)))
        close()
        return .lost(message: message.isEmpty ? "the connection to the database is closed" : message, isSent: isSent)
    }
}
