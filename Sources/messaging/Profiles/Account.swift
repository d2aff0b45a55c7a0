import Foundation
import Logging
import MessagingFiles
import MessagingSDK

/// The host that a command calls, and the credentials for it.
struct Account {
    /// The place that the account comes from, for people.
    let source: String
    /// The host.
    let host: MessagingHost
    /// The credentials.
    let credentials: Credentials
    /// The id of its OAuth client; nil if it has a token.
    var clientID: String?
    /// The proxy on the way to the host; nil without one.
    var proxy: HTTPProxy?
    /// What a person should change about the account's file; nil if nothing.
    var warning: Warning?

    /// Finds the account of a command: the profile that the command names, of this program or else of `gc`; without a name the environment, or
    /// else the current profile of this program, or else the profile `DEFAULT` of `gc`.
    init(profile: String?, _ environment: [String: String] = ProcessInfo.processInfo.environment) throws(Failure) {
        let sources = ProfileSources(environment)
        if let profile {
            self = try Account(sources.profile(profile), sources)
        } else if let account = try Account(environment) {
            self = account
        } else {
            guard let current = try sources.current() else { throw Self.missing(sources.file) }
            self = try Account(current, sources)
        }
    }

    private init(_ found: ProfileSources.Found, _ sources: ProfileSources) throws(Failure) {
        switch found {
        case .own(let name, let profile): self = try Account(name, profile)
        case .gc(let profile):
            source = "profile \(profile.name) of gc, \(profile.path)"
            host = try profile.host()
            credentials = try profile.credentials()
            clientID = profile["access_token"] == nil ? profile.clientID : nil
            proxy = try profile.proxy()
            warning = sources.gcFile.warning
        }
    }

    /// Creates the account of a profile.
    init(_ name: String, _ profile: Profile) throws(Failure) {
        source = "profile \(name)"
        host = try HostAddress.host(profile.url)
        credentials = .clientCredentials(id: profile.clientID, secret: profile.clientSecret)
        clientID = profile.clientID
    }

    /// Creates the account of the environment. Returns nil if the environment names no host. Throws if it has credentials without a host, or a
    /// host without credentials.
    private init?(_ environment: [String: String]) throws(Failure) {
        for names in EnvironmentNames.all {
            func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
            let (token, id, secret) = (value(names.token), value(names.clientID), value(names.clientSecret))
            guard let place = value(names.place) else {
                guard token == nil, id == nil, secret == nil else {
                    throw .usage("the environment has credentials, but no \(names.place)", next: "Set \(names.place).")
                }
                continue
            }
            source = names.place
            host = try names.host(place)
            if let token {
                credentials = .accessToken(token)
            } else if let id, let secret {
                credentials = .clientCredentials(id: id, secret: secret)
                clientID = id
            } else {
                throw Failure(
                    .notPermitted,
                    "no.credentials",
                    "\(names.place) is set, but the environment has no credentials",
                    next: "Set \(names.token), or \(names.clientID) and \(names.clientSecret)."
                )
            }
            return
        }
        return nil
    }

    /// A client of the host, whose log nobody reads.
    var client: MessagingClient { client() }

    /// Returns a client of the host whose calls may take this long, each attempt too; nil for the client's own times. It takes over the token of
    /// an earlier command, unless the credentials themselves are to be checked.
    func client(timeout: Duration? = nil, checksCredentials: Bool = false) -> MessagingClient {
        var options = ClientOptions()
        if let timeout { (options.timeout, options.attemptTimeout) = (timeout, timeout) }
        options.logger = Logger(label: "messaging") { _ in SwiftLogNoOpLogHandler() }
        options.onRetry = { failure, wait in
            guard wait >= .seconds(2) else { return }
            let cause = failure.status == 429 ? "the rate limit of the host" : "another attempt"
            Terminal.talk("Waiting \(wait.components.seconds) s for \(cause).")
        }
        return MessagingClient(
            host: host,
            credentials: checksCredentials ? credentials : credentials.keeping(KeptToken(self)),
            options: options,
            transport: proxy.flatMap(Self.transport)
        )
    }

    /// Whether this system has a transport through a proxy.
    static var canUseProxies: Bool {
        #if os(Linux)
            true
        #else
            false
        #endif
    }

    private static func transport(through proxy: HTTPProxy) -> (any Transport)? {
        #if os(Linux)
            AsyncHTTPClientTransport(proxy: proxy)
        #else
            nil
        #endif
    }

    private static func missing(_ file: ProfileFile) -> Failure {
        Failure(
            .notPermitted,
            "not.logged.in",
            file.path == nil ? "there is no home directory with a profile" : "there is no profile",
            next:
                "Log in: messaging login --profile NAME --url URL --client-id ID. Or set MESSAGING_URL, MESSAGING_CLIENT_ID and "
                + "MESSAGING_CLIENT_SECRET."
        )
    }
}
