import HTTPTypes

import struct Foundation.Date

/// A response of a host with its whole body.
struct ReceivedResponse: Sendable {
    let head: HTTPResponse
    let body: [UInt8]
    /// The wall-clock time at which it was complete.
    let time: Date

    var status: HTTPResponse.Status { head.status }

    /// The same response without its body, for errors about a body with secrets.
    var withoutBody: ReceivedResponse { ReceivedResponse(head: head, body: [], time: time) }
}
