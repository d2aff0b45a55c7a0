import HTTPTypes
import MessagingContract
import MessagingCore
import NIOCore

extension Responder {
    /// Handles a read if it succeeds without waiting. Its token, the snapshot and the content must be in memory.
    ///
    /// Returns the response and the `rest` of a body that is sent in parts. Returns nil if nothing was done. Then the request goes the
    /// general path, where the same rules determine its error.
    func readAtOnce(
        _ head: RequestHead,
        _ limits: Limits,
        from address: String?,
        date: DateField
    ) -> (first: ByteBuffer, rest: BodyParts?)? {
        let bytes = head.bytes.readableBytesUInt8Span
        guard let read = ReadHead(head, bytes, isProxied: isProxied),
            let match = readRoutes.find(read.path, in: bytes),
            let caller = bytes.extracting(read.token).withUnsafeBytes({ identity?.knownCaller($0) })
        else { return nil }
        var context = RequestContext(in: surroundings)
        context.route = match.route
        context.caller = caller
        let pathParameters = match.pathParameter.map { [bytes.text($0..<read.path.upperBound)] } ?? []
        guard let content = content(match.route, pathParameters, read, bytes, caller),
            let rate = rateLimiter.admit(caller)
        else { return nil }

        let bodyLength = content.body?.count ?? 0
        let isWhole = bodyLength <= limits.partBytes
        var wire = WireAnswer(content.status, room: 640 + (isWhole ? bodyLength : 0))
        if content.body != nil { wire.field("Content-Type", content.mediaType) }
        if let tag = content.tag { wire.field(tag) }
        if match.route.isDeprecated, let link = match.route.operation.successorLink(pathParameters: pathParameters) {
            wire.field("Deprecation", APIOperation.deprecation)
            wire.field("Link", link)
        }
        wire.field(rate)
        if origins.responsesVary { wire.field("Vary", "Origin") }
        wire.correlation(context.contextID)
        wire.end(date: date.value, length: content.status.hasLength ? bodyLength : nil)
        if isWhole, let body = content.body { wire.body(body) }
        metrics.countReadAtOnce()
        finish(context, .get, content.status.code, bytes: bodyLength, from: address)
        return (wire.bytes, isWhole ? nil : content.body.map { BodyParts($0) })
    }

    /// Returns the content of the response, or nil if the request does not succeed or is much work.
    private func content(
        _ route: Route,
        _ pathParameters: [String],
        _ head: ReadHead,
        _ bytes: Span<UInt8>,
        _ caller: Caller
    ) -> Content? {
        guard let query = head.query.isEmpty ? Query() : Query(parsing: bytes.text(head.query)) else { return nil }
        do throws(APIError) {
            try caller.authorize(route.access, route.permission)
            let precondition = try Precondition(ifMatch: nil, ifNoneMatch: head.ifNoneMatch.map { bytes.text($0) })
            return try route.reading?(pathParameters, query, caller, precondition, ResponseWork.atOnce) ?? nil
        } catch {
            return nil
        }
    }
}
