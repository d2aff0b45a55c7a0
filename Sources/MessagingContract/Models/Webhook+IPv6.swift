extension Webhook {
    /// A regular expression of an IPv6 address: the rule `IPv6address` of RFC 3986, appendix A.
    static let address: String = {
        let octet = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
        let group = "[0-9A-Fa-f]{1,4}"
        let last = "(\(group):\(group)|\(octet)(\\.\(octet)){3})"
        let whole = "(\(group):){6}\(last)"
        let shortened = (0..<8).map { before in
            let left = before == 0 ? "" : "((\(group):){0,\(before - 1)}\(group))?"
            let right =
                switch before {
                case ..<6: (before == 5 ? "" : "(\(group):){\(5 - before)}") + last
                case 6: group
                default: ""
                }
            return "\(left)::\(right)"
        }
        return "(\(([whole] + shortened).joined(separator: "|")))"
    }()
}
