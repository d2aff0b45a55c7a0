public import Foundation

/// Where requests go: a server of this project, or a region of Genesys Cloud.
public struct MessagingHost: Hashable, Sendable {
    /// What stands before the paths of the API.
    public let api: URL
    /// What stands before `/oauth/token`.
    public let login: URL
    /// Whether the host is known to heed `Idempotency-Key`. Genesys Cloud is not.
    public let honoursIdempotencyKeys: Bool

    /// A host whose API and login are at these addresses: Genesys Cloud behind a gateway of one's own, say. Keys are taken for
    /// honoured only when that is said.
    public init(api: URL, login: URL, honoursIdempotencyKeys: Bool = false) {
        self.api = api
        self.login = login
        self.honoursIdempotencyKeys = honoursIdempotencyKeys
    }

    /// A region of Genesys Cloud.
    public static func genesysCloud(_ region: GenesysRegion) -> MessagingHost {
        MessagingHost(api: url("api", region), login: url("login", region), honoursIdempotencyKeys: false)
    }

    /// The server at this address, `https://messaging.example.com`; a path in it stands before the paths of the API. The
    /// address of a region's API stands for that region.
    public static func server(_ url: URL) -> MessagingHost {
        let name = url.host()?.lowercased().trimmingCharacters(in: ["."])
        if let region = GenesysRegion.allCases.first(where: { name == "api.\($0.domain)" }) {
            return genesysCloud(region)
        }
        let isGenesys =
            name?.wholeMatch(of: /(.+\.)?(mypurecloud\.(com|ie|de|jp|com\.au)|(us-gov-|eusc-)?pure\.cloud)/) != nil
        return MessagingHost(api: url, login: url, honoursIdempotencyKeys: !isGenesys)
    }

    private static func url(_ name: String, _ region: GenesysRegion) -> URL {
        var components = URLComponents()
        components.scheme = "https"
        components.host = "\(name).\(region.domain)"
        return components.url ?? URL(filePath: "/")
    }
}
