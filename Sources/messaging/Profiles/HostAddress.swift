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
        return .server(url)
    }

    /// Returns the region of Genesys Cloud with a name, in the forms `eu-central-1` and `eu_central_1`, or at a domain. A domain that is none of
    /// a region has its hosts below it all the same. Returns nil for a text that is neither.
    static func environment(_ text: String) -> MessagingHost? {
        let wanted = text.lowercased()
        let name = wanted.replacing("_", with: "-")
        if let found = GenesysRegion.allCases.first(where: { $0.rawValue == name || $0.domain == wanted }) {
            return .genesysCloud(found)
        }
        let labels = wanted.split(separator: ".", omittingEmptySubsequences: false)
        let areLabels = labels.allSatisfy { label in
            !label.isEmpty && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        }
        guard labels.count > 1, areLabels, let api = URL(string: "https://api.\(wanted)"),
            let login = URL(string: "https://login.\(wanted)")
        else { return nil }
        return MessagingHost(api: api, login: login)
    }

    /// Returns the region of Genesys Cloud with a name, such as `eu-central-1`, or a domain, such as `mypurecloud.de`.
    static func region(_ text: String) throws(Failure) -> MessagingHost {
        let wanted = text.lowercased()
        let found = GenesysRegion.allCases.first { $0.rawValue == wanted || $0.domain == wanted }
        guard let found else {
            let names = GenesysRegion.allCases.flatMap { [$0.rawValue, $0.domain] }
            let next = names.nearest(to: text).map { "Did you mean \($0)?" }
            throw .usage("GENESYSCLOUD_REGION is \"\(text)\", which is no region", next: next)
        }
        return .genesysCloud(found)
    }
}
