import MessagingContract

/// The last known token of a connection. The next request with the same token needs no digest and no look-up.
package struct LastToken: Sendable {
    private var text: [UInt8] = []
    private var known: Token?
    private var check: (revision: Revision, standing: Standing)?
    /// The spot of the snapshots of the token's organization.
    var spot: PublishedSnapshots.Spot?

    /// Creates a value without a token.
    package init() {}

    /// Returns the token if it has this text. Takes the same time for every text of one length, so that no client of a connection that a
    /// proxy shares learns another client's token from the time.
    func token(_ text: UnsafeRawBufferPointer) -> Token? {
        guard text.count == self.text.count else { return nil }
        return self.text.withUnsafeBytes { Self.areEqual($0, text) } ? known : nil
    }

    /// Remembers a token in place of the last one.
    mutating func remember(_ token: Token, _ text: UnsafeRawBufferPointer) {
        self.text.removeAll(keepingCapacity: true)
        self.text.append(contentsOf: text)
        (known, check, spot) = (token, nil, nil)
    }

    /// Returns the rights of the remembered token, as ``Token/standing(in:)`` does.
    mutating func standing(in organization: Organization) -> Standing? {
        guard let known else { return nil }
        if let check, check.revision == organization.accessRevision, known.isCurrent(in: organization) {
            return check.standing
        }
        guard let standing = known.standing(in: organization) else { return nil }
        check = (organization.accessRevision, standing)
        return standing
    }

    /// Compares texts of the same length, eight bytes at a time.
    private static func areEqual(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer) -> Bool {
        var (difference, offset) = (UInt64(0), 0)
        while offset + 8 <= one.count {
            difference |=
                one.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                ^ other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            offset += 8
        }
        while offset < one.count {
            difference |= UInt64(one[offset] ^ other[offset])
            offset += 1
        }
        return difference == 0
    }
}
