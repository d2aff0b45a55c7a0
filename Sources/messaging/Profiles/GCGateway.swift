import Foundation
import MessagingFiles
import MessagingSDK

/// The gateway of a `gc` profile, which stands before the API and the login. The path parameter `api` is put before the paths of the API, and
/// `login` before `/oauth/token`.
struct GCGateway {
    /// The host.
    let host: MessagingHost

    /// Reads the gateway. Returns nil if the profile has none. Throws a failure that names a key that cannot be used.
    init?(_ profile: GCProfile) throws(Failure) {
        guard profile["gateway_protocol"] != nil || profile["gateway_host"] != nil else { return nil }
        for key in ["gateway_username", "gateway_password"] where profile[key] != nil {
            throw profile.refusal(key, "asks for a login at the gateway, which this program does not have")
        }
        guard let place = profile["gateway_host"] else { throw profile.refusal("gateway_host", "is missing") }
        let scheme = (profile["gateway_protocol"] ?? "https").lowercased()
        guard ["http", "https"].contains(scheme) else {
            throw profile.refusal("gateway_protocol", "is neither http nor https")
        }
        let port = try profile.port("gateway_port")
        let parameters = GCPathParameters(profile["gateway_pathparams"] ?? "")
        let parts = place.split(separator: "/", maxSplits: 1).map(String.init)
        func url(_ name: String) -> URL? {
            var components = URLComponents()
            components.scheme = scheme
            components.host = parts.first
            components.port = port
            let path = (parts.dropFirst() + [parameters[name] ?? ""]).map { $0.trimmed("/") }.filter { !$0.isEmpty }
            components.path = path.map { "/\($0)" }.joined()
            guard let url = components.url, url.host() == parts.first else { return nil }
            return url
        }
        guard let api = url("api"), let login = url("login") else {
            throw profile.refusal("gateway_host", "with its port and its path parameters is no address")
        }
        host = MessagingHost(api: api, login: login)
    }
}

/// Path parameters in the form of `gc`: `{login: /login, api: /api}`.
struct GCPathParameters {
    private var values: [String: String] = [:]

    /// Reads the form. Text that is no pair of a name and a value is ignored, as `gc` ignores it.
    init(_ text: String) {
        for pair in text.trimmed("{").trimmed("}").split(separator: ",") {
            let parts = pair.split(separator: ":", maxSplits: 1).map { String($0).trimmed(" ") }
            if parts.count == 2 { values[parts[0].lowercased()] = parts[1] }
        }
    }

    /// Whether there are none.
    var isEmpty: Bool { values.isEmpty }

    /// The value of a name; nil if there is none.
    subscript(_ name: String) -> String? { values[name] }
}

extension GCProfile {
    /// Returns the port under a key; nil if it has none.
    func port(_ key: String) throws(Failure) -> Int? {
        guard let text = self[key] else { return nil }
        guard let port = Int(text), (1...65_535).contains(port) else { throw refusal(key, "is no port") }
        return port
    }
}

extension String {
    /// The text without this character at its ends.
    fileprivate func trimmed(_ character: Character) -> String {
        trimmingCharacters(in: CharacterSet(charactersIn: String(character)))
    }
}
