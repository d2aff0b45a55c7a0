package import MessagingSDK

/// A request and its response in a recording.
package struct RecordedExchange: Equatable, Sendable {
    /// The method.
    package var method: String
    /// The path and the query.
    package var path: String
    /// The JSON body of the request; nil if there was none.
    package var request: JSON?
    /// The status of the response.
    package var status: Int
    /// Those header fields of the response that a client may depend on.
    package var headers: [String: String] = [:]
    /// The JSON body of the response; nil if there was none.
    package var response: JSON?
    /// The time until the response, in milliseconds.
    package var milliseconds: Int

    /// The names of the header fields that are kept.
    package static let keptHeaders = ["content-type", "retry-after", "link", "deprecation", "inin-ratelimit-allowed"]

    /// Creates an exchange.
    package init(
        method: String,
        path: String,
        request: JSON? = nil,
        status: Int,
        response: JSON? = nil,
        milliseconds: Int = 0
    ) {
        self.method = method
        self.path = path
        self.request = request
        self.status = status
        self.response = response
        self.milliseconds = milliseconds
    }

    /// Reads a line of a recording. Returns nil for anything else.
    package init?(_ document: JSON) {
        guard let method = document["method"]?.string, let path = document["path"]?.string,
            let status = document["status"]?.number.flatMap({ Int($0.literal) })
        else { return nil }
        self.init(
            method: method,
            path: path,
            request: document["request"],
            status: status,
            response: document["response"]
        )
        milliseconds = document["milliseconds"]?.number.flatMap { Int($0.literal) } ?? 0
        for (name, value) in document["headers"]?.object ?? [:] { headers[name] = value.string }
    }

    /// The exchange as a line of a recording.
    package var json: JSON {
        var object: JSON.Object = ["method": .string(method), "path": .string(path)]
        if let request { object["request"] = request }
        object["status"] = .number(JSON.Number(status))
        object["headers"] = .object(JSON.Object(headers.sorted { $0.key < $1.key }.map { ($0, .string($1)) }))
        if let response { object["response"] = response }
        object["milliseconds"] = .number(JSON.Number(milliseconds))
        return .object(object)
    }
}
