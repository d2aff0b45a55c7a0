extension WireObject {
    /// Reads a whole document.
    ///
    /// Throws:
    /// - a 400 `bad.request` if it is not JSON,
    /// - a 400 that has a field's path in `details`, for the first field that is not as declared.
    public init(document bytes: [UInt8]) throws(APIError) {
        let json = try JSON(document: bytes)
        do {
            try self.init(json: json)
        } catch {
            throw APIError(error)
        }
    }
}
