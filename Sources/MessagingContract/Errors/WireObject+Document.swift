extension WireObject {
    /// Reads a whole document. Throws 400 `bad.request` when it is not JSON, and otherwise the 400 of the first field that is
    /// not as declared, with the field's path in `details`.
    public init(document bytes: [UInt8]) throws(APIError) {
        let json = try JSON(document: bytes)
        do {
            try self.init(json: json)
        } catch {
            throw APIError(error)
        }
    }
}
