import Foundation
import MessagingContract
import MessagingServer

extension RawAnswer {
    private static let document = OpenAPI.document.pretty
    private static let types = Set((APIOperation.all + APIOperation.pages).map(\.content.mediaType))

    /// The fault of a response that no request may get; nil if it has none.
    func fault(to request: FuzzRequest) -> String? {
        guard isWellFormed, (200..<500).contains(status), status != 408 else { return "the answer is \(status)" }
        let correlation = fields["inin-correlation-id"] ?? ""
        guard UUID(uuidString: correlation) != nil, correlation == fields["genesys-correlation-id"] else {
            return "its correlation fields are wrong"
        }
        if status == 204 || status == 304 {
            return bytes.isEmpty && fields["content-length"] == nil ? nil : "a \(status) with a body"
        }
        if status == 303 { return bytes.isEmpty && fields["location"] == "/docs" ? nil : "it leads nowhere" }
        guard let length = fields["content-length"].flatMap({ Int($0) }) else { return "it has no Content-Length" }
        if bytes.isEmpty, length > 0 {
            // Also of a request line with a space too many, which has no method for the test.
            let mayBeHead = request.isWhole ? (request.method + " ").hasPrefix("HEAD ") : true
            return mayBeHead ? nil : "it has no body"
        }
        if status < 300 {
            guard let type = fields["content-type"] else { return length == 0 ? nil : "its body has no type" }
            if type != "application/json", Self.types.contains(type) { return nil }
        }
        if status >= 400, fields["content-type"] == ReferencePage.mediaType {
            let isPage = body.hasPrefix("<!doctype html>") && body.contains(correlation)
            return isPage && (!request.isWhole || !request.hasPlainLine || request.isAtAPage)
                ? nil : "its body is a page"
        }
        guard fields["content-type"] == "application/json" else { return "its body is no JSON" }
        if bytes.count > 50_000, bytes == Self.document { return nil }
        guard let json else { return "its body is not strict JSON" }
        guard status >= 400 else { return json.object == nil ? "its body is no object" : nil }
        let isOAuth = request.isWhole && request.hasPlainLine ? request.isAtOAuth : json["error"] != nil
        return fault(of: json, correlation, isOAuth: isOAuth)
    }

    private func fault(of json: JSON, _ correlation: String, isOAuth: Bool) -> String? {
        if isOAuth {
            let isForm = json["error"]?.string.flatMap(OAuthError.init) != nil
            return isForm && json["error_description"]?.string?.isEmpty == false ? nil : "it has not the OAuth form"
        }
        let isForm =
            json["code"]?.string?.wholeMatch(of: /[a-z]+(\.[a-z]+)*/) != nil
            && json["message"]?.string?.isEmpty == false
            && json["status"] == JSON(integerLiteral: status) && json["details"]?.array != nil
            && json["errors"]?.array != nil
        if !isForm { return "it has not the vendor's form" }
        return json["contextId"]?.string == correlation ? nil : "its contextId is not the correlation field's"
    }
}

extension FuzzRequest {
    private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]

    /// Whether its first line is one of HTTP/1. The server may not know the target of another one when it refuses it.
    fileprivate var hasPlainLine: Bool {
        Self.methods.contains(method) && version.hasPrefix("HTTP/1.") && !target.isEmpty
            && target.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// Whether its errors have the OAuth form.
    fileprivate var isAtOAuth: Bool { segments.count == 3 && segments[0].isEmpty && segments[1] == "oauth" }

    /// Whether its errors are pages.
    fileprivate var isAtAPage: Bool {
        segments.isEmpty || segments == ["", ""]
            || (segments.count >= 2 && segments[0].isEmpty && segments[1] == "docs")
    }

    /// The first segments of its path; empty for an absolute target without a path.
    private var segments: [Substring] {
        var path = target.prefix { $0 != "?" }
        for scheme in ["http://", "https://"] where path.lowercased().hasPrefix(scheme) {
            path = path.dropFirst(scheme.count).drop { $0 != "/" }
            if path.isEmpty { return [] }
        }
        return path.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    }
}
