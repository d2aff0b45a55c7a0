/// An HTTP proxy through which requests are tunnelled with CONNECT.
package struct HTTPProxy: Hashable, Sendable {
    let host: String
    let port: Int
    let user: String?
    let password: String

    /// Creates the proxy at a host and a port. Without a user it asks for no credentials.
    package init(host: String, port: Int, user: String? = nil, password: String = "") {
        self.host = host
        self.port = port
        self.user = user
        self.password = password
    }
}
