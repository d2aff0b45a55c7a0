import Foundation

/// An IPv4 or IPv6 address, as 128 bits. An IPv4 address has the bits of the IPv6 address that is mapped to it, so both have equal bits.
package struct NetworkAddress: Hashable, Sendable {
    /// The bits.
    package let bits: UInt128
    /// The number of bits of the address in its text: 32 or 128.
    package let width: Int

    /// Creates an address from a text such as `192.0.2.1` or `2001:db8::1`. Returns nil for any other text.
    package init?(_ text: some StringProtocol) {
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, String(text), &bytes) == 1 {
            bits = bytes[..<4].reduce(Self.mapped) { $0 << 8 | UInt128($1) }
            width = 32
        } else if inet_pton(AF_INET6, String(text), &bytes) == 1 {
            bits = bytes.reduce(0) { $0 << 8 | UInt128($1) }
            width = 128
        } else {
            return nil
        }
    }

    /// Returns the usual text of an address, so that all spellings of it are equal. An IPv4 address that is mapped into IPv6 is written
    /// without `::ffff:`, and any other address as in RFC 5952. A text that is not an address is returned unchanged.
    package static func usual(_ text: String) -> String {
        guard text.contains(":"), let address = NetworkAddress(text) else { return text }
        let isMapped = address.bits >> 32 == mapped
        let bytes = (isMapped ? 12..<16 : 0..<16).map {
            UInt8(truncatingIfNeeded: address.bits >> UInt128(8 * (15 - $0)))
        }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(isMapped ? AF_INET : AF_INET6, bytes, &buffer, socklen_t(buffer.count)) != nil else {
            return text
        }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The bits that identify one client: those of an IPv4 address, or the first 64 bits of an IPv6 address, whose owner can choose the
    /// rest.
    package var site: UInt128 { bits >> 32 == Self.mapped ? bits : (bits >> 64) << 64 }

    /// Whether it is an address of the same machine: `127.0.0.0/8` or `::1`.
    package var isLoopback: Bool { bits == 1 || bits >> 24 == Self.mapped << 8 | 127 }

    /// The bits before the 32 bits of an IPv4 address, `::ffff:0:0/96`.
    private static let mapped: UInt128 = 0xffff
}
