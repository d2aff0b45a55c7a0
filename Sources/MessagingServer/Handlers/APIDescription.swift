import MessagingContract
import Synchronization

/// The documents that describe the operations of a server. Each is made when it is first requested.
final class APIDescription: Sendable {
    /// The description of the API. All servers in a process share it.
    static let api = APIDescription(of: APIOperation.all)

    private let operations: [APIOperation]
    private let made = Mutex<(openAPI: SharedDocument?, reference: SharedDocument?)>((nil, nil))

    /// Creates the description of these operations.
    init(of operations: [APIOperation]) { self.operations = operations }

    /// The OpenAPI document.
    var openAPI: SharedDocument {
        made.withLock { made in
            let document = made.openAPI ?? SharedDocument(OpenAPI.document(of: operations).pretty)
            made.openAPI = document
            return document
        }
    }

    /// The reference for people, as an HTML page.
    var reference: SharedDocument {
        made.withLock { made in
            let page =
                made.reference
                ?? SharedDocument(Array(ReferenceHTML(OpenAPI.document(of: operations)).text.utf8))
            made.reference = page
            return page
        }
    }
}
