import Foundation
import MessagingContract

/// The credentials with which an OAuth client authenticates a request (RFC 6749, section 2.3).
struct ClientCredentials: Sendable {
    /// The possible readings of id and secret. Most clients send them as they are, but RFC 6749 form-encodes them before they are joined.
    let readings: [(id: String, secret: String)]

    /// Reads the credentials from the `Authorization: Basic` field or from the form.
    ///
    /// Throws `invalid_request` if both have credentials, and `invalid_client` if neither has.
    init(_ form: Query, _ authorization: String?) throws(APIError) {
        if let basic = try authorization.map(Self.basic) {
            let ids = basic.map(\.id)
            guard form["client_secret"] == nil, form["client_id"].map(ids.contains) ?? true else {
                throw .oauth(.invalidRequest, "the client authenticates in more than one way")
            }
            readings = basic
        } else {
            guard let id = form["client_id"], let secret = form["client_secret"] else {
                throw .oauth(.invalidClient, "client credentials are missing")
            }
            readings = [(id, secret)]
        }
    }

    private static func basic(_ field: String) throws(APIError) -> [(id: String, secret: String)] {
        let parts = field.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic",
            let data = Data(base64Encoded: parts[1].trimmingCharacters(in: .whitespaces)),
            let colon = data.firstIndex(of: UInt8(ascii: ":")),
            let id = String(validating: data[..<colon], as: UTF8.self),
            let secret = String(validating: data[(colon + 1)...], as: UTF8.self)
        else { throw .oauth(.invalidClient, "the Authorization field is not HTTP Basic") }
        guard let decodedID = String(percentDecoding: id[...], plusIsSpace: true),
            let decodedSecret = String(percentDecoding: secret[...], plusIsSpace: true),
            (decodedID, decodedSecret) != (id, secret)
        else { return [(id, secret)] }
        return [(id, secret), (decodedID, decodedSecret)]
    }
}
