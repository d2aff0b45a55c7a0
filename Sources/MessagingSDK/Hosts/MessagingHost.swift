public import Foundation

/// The host of a client: a server of this project, or a region of Genesys Cloud.
public struct MessagingHost: Hashable, Sendable {
    /// The URL that the paths of the API are appended to.
    public let api: URL
    /// The URL that `/oauth/token` is appended to.
    public let login: URL
    /// Whether the host is known to honor `Idempotency-Key`. Genesys Cloud is not.
    public let honorsIdempotencyKeys: Bool

    /// Creates a host whose API and login are at these addresses, such as Genesys Cloud behind a gateway of your own. By default it is not
    /// known to honor idempotency keys.
    public init(api: URL, login: URL, honorsIdempotencyKeys: Bool = false) {
        self.api = api
        self.login = login
        self.honorsIdempotencyKeys = honorsIdempotencyKeys
    }

    /// Returns the host of a region of Genesys Cloud.
    public static func genesysCloud(_ region: GenesysRegion) -> MessagingHost {
        MessagingHost(api: url("api", region), login: url("login", region), honorsIdempotencyKeys: false)
    }

    /// Returns the server at an address such as `https://messaging.example.com`, which honors idempotency keys. The paths of the API are
    /// appended to the path of the address. For the address of a region's API, returns that region.
    public static func server(_ url: URL) -> MessagingHost {
        let name = url.host()?.lowercased().trimmingCharacters(in: ["."])
        if let region = GenesysRegion.allCases.first(where: { name == "api.\($0.domain)" }) {
            return genesysCloud(region)
        }
        let isGenesys =
            name?.wholeMatch(of: /(.+\.)?(mypurecloud\.(com|ie|de|jp|com\.au)|(us-gov-|eusc-)?pure\.cloud)/) != nil
        return MessagingHost(api: url, login: url, honorsIdempotencyKeys: !isGenesys)
    }

    private static func url(_ name: String, _ region: GenesysRegion) -> URL {
        var components = URLComponents()
        components.scheme = "https"
        components.host = "\(name).\(region.domain)"
        return components.url ?? URL(filePath: "/")
    }
}
