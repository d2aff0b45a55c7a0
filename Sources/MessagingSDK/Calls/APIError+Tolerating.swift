import MessagingContract

extension APIError {
    /// Reads an error from a host's response, whose members may be missing or of other types. Returns nil when `json` is not an object.
    /// Errors in errors are read `depth` levels deep.
    init?(tolerating json: JSON, status: Int, depth: Int = 4) {
        guard json.object != nil else { return nil }
        self.init(status: status, code: json["code"]?.string ?? "", message: json["message"]?.string ?? "")
        messageWithParams = json["messageWithParams"]?.string
        messageParams = json["messageParams"].flatMap { try? [String: String](json: $0, side: .response) }
        contextId = json["contextId"]?.string ?? ""
        details = (json["details"]?.array ?? []).compactMap { try? Detail(json: $0, side: .response) }
        entityId = json["entityId"]?.string
        entityName = json["entityName"]?.string
        limit = json["limit"].flatMap(Limit.init(tolerating:))
        guard depth > 0 else { return }
        errors = (json["errors"]?.array ?? []).compactMap { inner in
            APIError(tolerating: inner, status: inner["status"]?.number?.int ?? status, depth: depth - 1)
        }
    }
}

extension APIError.Limit {
    fileprivate init?(tolerating json: JSON) {
        guard json.object != nil else { return nil }
        self.init(namespace: json["namespace"]?.string, key: json["key"]?.string, value: json["value"]?.number?.int)
    }
}
