import Foundation
import MessagingFiles
import MessagingSDK

/// A profile of `gc`, the vendor's command line. Keys with an empty value count as absent, as they do for `gc`.
struct GCProfile {
    /// The name.
    let name: String
    /// The path of its file.
    let path: String
    private let values: [String: String]

    /// Creates the profile of a table in a file.
    init(_ table: TOMLDocument.Table, path: String) {
        name = table.name
        self.path = path
        values = table.values.compactMapValues { value in
            switch value {
            case .string(let text): text.isEmpty ? nil : text
            case .boolean(let flag): "\(flag)"
            case .integer(let number): "\(number)"
            }
        }
    }

    /// The id of its client; nil if it has none.
    var clientID: String? { self["client_credentials"] }

    /// The value of a key; nil if it is absent.
    subscript(_ key: String) -> String? { values[key] }

    /// Returns the credentials. An access token counts before a client.
    func credentials() throws(Failure) -> Credentials {
        switch self["grant_type"] {
        case nil, "0", "1": break
        case "2", "3":
            throw refusal(
                "grant_type",
                "is a login in a browser, which this program does not have",
                next:
                    "Give the profile an OAuth client with client credentials (grant_type 1), or log in: messaging login"
            )
        default: throw refusal("grant_type", "is none of 0 to 3")
        }
        if let token = self["access_token"] { return .accessToken(token) }
        guard let id = clientID, let secret = self["client_secret"] else {
            throw Failure(
                .notPermitted,
                "no.credentials",
                "\(place) has neither access_token nor client_credentials with client_secret",
                next: "Configure it with gc profiles, or log in: messaging login"
            )
        }
        return .clientCredentials(id: id, secret: secret)
    }

    /// Returns the host: the gateway if it has one, or else its environment.
    func host() throws(Failure) -> MessagingHost {
        if let gateway = try GCGateway(self) { return gateway.host }
        guard let environment = self["environment"] else {
            throw Failure(
                .usage,
                "gc.profile.not.usable",
                "\(place) has neither environment nor gateway_host",
                next: "Configure it with gc profiles, or log in: messaging login"
            )
        }
        guard let host = HostAddress.environment(environment) else {
            let next = HostAddress.nearestRegion(to: environment).map {
                "Did you mean \($0)? Other hosts have gateway_host."
            }
            throw refusal("environment", "is neither a region nor a domain of Genesys Cloud", next: next)
        }
        return host
    }

    /// The profile in words.
    var place: String { "the profile \(name) of gc in \(path)" }

    /// Returns the failure of a key whose value cannot be used. It does not quote the value.
    func refusal(_ key: String, _ reason: String, next: String? = nil) -> Failure {
        Failure(
            .usage,
            "gc.profile.not.usable",
            "\(key) of \(place) \(reason)",
            next: next ?? "Change the key, or use a profile of this program: messaging login"
        )
    }

    /// The profile as a row of a table and as an object, without its secrets. The address is empty if the profile cannot be used.
    func summary(isCurrent: Bool) -> JSON {
        let address = try? host().api.absoluteString
        return [
            "name": .string(name), "current": .bool(isCurrent), "url": .string(address ?? ""),
            "clientId": .string(clientID ?? ""),
            "source": "gc",
        ]
    }
}

extension [GCProfile] {
    /// Returns the profile with a name in any letter case; nil if there is none.
    func named(_ name: String) -> GCProfile? { first { $0.name.lowercased() == name.lowercased() } }

    /// The profile that `gc` uses unless another one is named; nil if there is none.
    var standard: GCProfile? { named("DEFAULT") }
}
