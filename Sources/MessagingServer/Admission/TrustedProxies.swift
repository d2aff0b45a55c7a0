import MessagingContract
import MessagingCore

/// The proxies that are trusted to report their clients. There are none unless configured.
///
/// `Forwarded` (RFC 7239) is not read: a proxy that writes `X-Forwarded-For` passes on the `Forwarded` field of its client.
public struct TrustedProxies: Sendable {
    private var blocks: [(network: UInt128, mask: UInt128)] = []

    /// The empty set of proxies.
    public static let none = TrustedProxies()

    private init() {}

    /// Reads addresses and blocks, such as `10.0.0.0/8,::1`. Returns nil if an item is neither.
    public init?(_ text: String) {
        for item in text.split(separator: ",", omittingEmptySubsequences: true) {
            let parts = item.trimming(" ").split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let address = NetworkAddress(parts[0]),
                let length = parts.count == 2 ? Int(parts[1]) : address.width, (0...address.width).contains(length)
            else { return nil }
            let mask = UInt128.max << UInt128(address.width - length)
            guard address.bits & ~mask == 0 else { return nil }
            blocks.append((address.bits, mask))
        }
    }

    /// Returns the request as the client behind the proxies sent it:
    ///
    /// - Its address is the right-most one in `X-Forwarded-For` that is not a trusted proxy's.
    /// - The nearest proxy reports its scheme.
    /// - A request that does not come from a trusted proxy is returned unchanged.
    package func resolve(_ request: consuming IncomingRequest) -> IncomingRequest {
        guard !blocks.isEmpty, var address = request.address, isTrusted(address) else { return request }
        for hop in (request.head[.forwardedFor] ?? "").listElements.reversed() {
            guard let next = Self.address(in: hop) else { break }
            address = next
            if !isTrusted(address) { break }
        }
        request.address = NetworkAddress.usual(address)
        let scheme = (request.head[.forwardedProto] ?? "").listElements.last?.lowercased()
        if let scheme, ["http", "https"].contains(scheme) { request.scheme = scheme }
        return request
    }

    private func isTrusted(_ text: String) -> Bool {
        guard let bits = NetworkAddress(text)?.bits else { return false }
        return blocks.contains { bits & $0.mask == $0.network }
    }

    /// Returns the address in `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1` or `[2001:db8::1]:80`, or nil for any other text.
    private static func address(in hop: Substring) -> String? {
        var text = hop
        if text.hasPrefix("[") {
            text = text.dropFirst().prefix { $0 != "]" }
        } else if text.contains("."), text.count(where: { $0 == ":" }) == 1 {
            text = text.prefix { $0 != ":" }
        }
        return NetworkAddress(text) == nil ? nil : String(text)
    }
}
