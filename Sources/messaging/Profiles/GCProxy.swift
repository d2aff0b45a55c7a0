import Foundation
import MessagingFiles
import MessagingSDK

extension GCProfile {
    /// Returns the proxy; nil if the profile has none. Throws a failure that names a key that cannot be honored.
    func proxy() throws(Failure) -> HTTPProxy? {
        guard let place = self["proxy_host"] else {
            guard self["proxy_protocol"] == nil else { throw refusal("proxy_host", "is missing") }
            return nil
        }
        guard Account.canUseProxies else { throw refusal("proxy_host", "cannot be honored on this system") }
        guard (self["proxy_protocol"] ?? "http").lowercased() == "http" else {
            throw refusal("proxy_protocol", "must be http: a proxy that is itself reached with TLS cannot be honored")
        }
        guard GCPathParameters(self["proxy_pathparams"] ?? "").isEmpty else {
            throw refusal("proxy_pathparams", "cannot be honored, since a proxy has no paths")
        }
        guard place.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !place.contains(where: { "/@?#".contains($0) })
        else {
            throw refusal("proxy_host", "is no name of a host")
        }
        return HTTPProxy(
            host: place,
            port: try port("proxy_port") ?? 80,
            user: self["proxy_username"],
            password: self["proxy_password"] ?? ""
        )
    }
}
