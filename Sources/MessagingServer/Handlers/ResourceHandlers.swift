import MessagingContract
import MessagingCore

extension Routes {
    /// Answers the five operations on a kind of resource.
    mutating func add<R: Resource & OperationResponse>(
        _ endpoints: ResourceEndpoints<R, R.Request>,
        _ organizations: Organizations
    ) where R.Request: OperationBody {
        on(endpoints.list) { (page, _, _, caller) throws(APIError) in
            let (entries, total) = caller.organization.list(R.self, page)
            let listing = Listing<R>(page: page, total: total, path: endpoints.list.operation.path)
            return Reply(bytes: listing.bytes(with: entries))
        }
        on(endpoints.create) { (_, request, call, caller) throws(APIError) in
            let author = caller.author(of: endpoints.create.operation, call)
            return Reply(
                try await organizations.change(caller.organization.id, by: author) { (draft, stamp) throws(APIError) in
                    try draft.create(R.self, request, stamp)
                }
            )
        }
        on(endpoints.get) { (target, _, _, caller) throws(APIError) in
            Reply(try caller.organization.get(R.self, target.id))
        }
        on(endpoints.update) { (target, patch, call, caller) throws(APIError) in
            let author = caller.author(of: endpoints.update.operation, call)
            return Reply(
                try await organizations.change(caller.organization.id, by: author) { (draft, stamp) throws(APIError) in
                    try draft.update(R.self, target.id, patch, stamp)
                }
            )
        }
        on(endpoints.delete) { (target, _, call, caller) throws(APIError) in
            let author = caller.author(of: endpoints.delete.operation, call)
            try await organizations.change(caller.organization.id, by: author) { (draft, stamp) throws(APIError) in
                try draft.delete(R.self, target.id, stamp)
            }
            return Reply()
        }
    }
}

extension Listing {
    /// The page as it is answered, around the bytes of its objects, which were encoded when they were stored.
    fileprivate func bytes(with entries: [Entry]) -> [UInt8] {
        var envelope = json.object ?? [:]
        envelope["entities"] = nil
        var bytes = Array(#"{"entities":["#.utf8)
        bytes.reserveCapacity(entries.reduce(512) { $0 + $1.bytes.count + 1 })
        for (index, entry) in entries.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += entry.bytes
        }
        bytes += #"],"#.utf8
        bytes += JSON.object(envelope).bytes.dropFirst()
        return bytes
    }
}
