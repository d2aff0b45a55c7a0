import Foundation
import MessagingFiles
import MessagingSDK

/// Reads the addresses of hosts.
enum HostAddress {
    /// Returns the host at a URL. Throws a failure if the URL is none of `http` or `https`, or has a user, a query or a fragment.
    static func host(_ text: String) throws(Failure) -> MessagingHost {
        guard let url = URL(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme.lowercased()),
            let name = url.host(), !name.isEmpty
        else {
            throw .usage("the address must be like https://messaging.example.com")
        }
        guard url.user() == nil, url.password() == nil, url.query() == nil, url.fragment() == nil else {
            throw .usage("the address must have no user, query or fragment")
        }
        guard url.hasPossiblePort else {
            throw .usage("the port of the address must be 1 to 65535")
        }
        return .server(url)
    }

    /// Returns the region of Genesys Cloud with a name, in the forms `eu-central-1` and `eu_central_1`, or at a domain. Returns nil for any other
    /// text, since a misspelled domain would get the secret of a client.
    static func environment(_ text: String) -> MessagingHost? {
        let wanted = text.lowercased()
        let name = wanted.replacing("_", with: "-")
        return GenesysRegion.allCases.first { $0.rawValue == name || $0.domain == wanted }.map { .genesysCloud($0) }
    }

    /// Returns the name or the domain of a region that is nearest to a text; nil if none is near.
    static func nearestRegion(to text: String) -> String? {
        GenesysRegion.allCases.flatMap { [$0.rawValue, $0.domain] }.nearest(to: text)
    }

    /// Returns the region of Genesys Cloud with a name, such as `eu-central-1`, or a domain, such as `mypurecloud.de`.
    static func region(_ text: String) throws(Failure) -> MessagingHost {
        let wanted = text.lowercased()
        let found = GenesysRegion.allCases.first { $0.rawValue == wanted || $0.domain == wanted }
        guard let found else {
            let next = nearestRegion(to: text).map { "Did you mean \($0)?" }
            throw .usage("GENESYSCLOUD_REGION is \"\(text)\", which is no region", next: next)
        }
        return .genesysCloud(found)
    }
}
