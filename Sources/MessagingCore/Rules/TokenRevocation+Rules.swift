extension Organization {
    /// Ends a token, known by its digest of 32 bytes, before it expires.
    ///
    /// The token is deleted in the commit of this change, which moves the revision, so that every server drops the tokens of the
    /// organization that it remembers. Needs no room, and ending a token again does no harm.
    public mutating func revoke(token digest: [UInt8], _ stamp: Stamp) { end(token: digest, stamp) }
}
