import HTTPTypes
import MessagingContract

/// A receiver of header fields: the bytes of a connection, or a list.
protocol FieldReceiver {
    /// Adds a field. Its name and value must be valid.
    mutating func add(_ name: StaticString, _ value: String)
    /// Adds a field whose value is a number.
    mutating func add(_ name: StaticString, _ number: Int)
    /// Adds a field whose value is this text in quotes.
    mutating func add(_ name: StaticString, quoted text: String)
    /// Adds a field.
    mutating func add(_ field: HTTPField)
}

extension OutgoingResponse {
    /// Writes all header fields but those of the connection. No other function decides which fields a response has.
    func writeFields(to fields: inout some FieldReceiver) {
        if content.body != nil { fields.add("Content-Type", content.mediaType) }
        if let tag = content.tag { fields.add("ETag", quoted: tag.opaque) }
        if let others = content.fields { for field in others { fields.add(field) } }
        if let successorLink {
            fields.add("Deprecation", APIOperation.deprecation)
            fields.add("Link", successorLink)
        }
        if let rate {
            fields.add("inin-ratelimit-count", rate.count)
            fields.add("inin-ratelimit-allowed", rate.allowed)
            fields.add("inin-ratelimit-reset", rate.reset)
        }
        if let sharing {
            fields.add("Vary", "Origin")
            if let origin = sharing.origin {
                fields.add("Access-Control-Allow-Origin", origin)
                fields.add("Access-Control-Expose-Headers", Self.exposed)
            }
        }
        fields.add("ININ-Correlation-Id", contextID)
        fields.add("Genesys-Correlation-Id", contextID)
        fields.add("Cache-Control", "no-cache, no-store, must-revalidate")
        fields.add("Pragma", "no-cache")
        fields.add("Expires", "0")
    }

    /// The names of the fields that a web page may read.
    private static let exposed = [
        HTTPField.Name.correlationID, .genesysCorrelationID, .rateLimitCount, .rateLimitAllowed, .rateLimitReset, .eTag,
        .retryAfter,
    ].map(\.rawName).joined(separator: ", ")
}

/// A list of header fields.
struct FieldList: FieldReceiver {
    private(set) var fields = HTTPFields()

    mutating func add(_ name: StaticString, _ value: String) {
        if let name = HTTPField.Name("\(name)") { fields.append(HTTPField(name: name, value: value)) }
    }

    mutating func add(_ name: StaticString, _ number: Int) { add(name, String(number)) }

    mutating func add(_ name: StaticString, quoted text: String) { add(name, "\"\(text)\"") }

    mutating func add(_ field: HTTPField) { fields.append(field) }
}
