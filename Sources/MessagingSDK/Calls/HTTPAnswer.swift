import HTTPTypes

/// A response of a host with its whole body.
typealias HTTPAnswer = (response: HTTPResponse, body: [UInt8])
