package import MessagingSDK

/// Reads objects as the API sends them, with members that this version does not know. Secrets stay in the program.
package struct ObjectReader<Entity: ManagedEntity> {
    /// The client of the host.
    package let client: MessagingClient
    private let options: CallOptions

    /// Creates a reader that calls the host with a client, with these options for each call.
    package init(client: MessagingClient, options: CallOptions = CallOptions()) {
        self.client = client
        self.options = options
    }

    /// An object and the condition under which it can be changed.
    package struct Found {
        /// The id.
        package let id: String
        /// The object.
        package let object: JSON
        /// The tag of its present version; nil if the host sent none, or is not known to check it.
        package let tag: EntityTag?

        /// The name, or else the id.
        package var name: String { object["name"]?.string ?? id }
    }

    /// Returns all objects of a list, each id once.
    package func all<Listed: ListedEntity>(_ kind: Listed.Type) async throws -> [JSON] {
        var objects: [JSON] = []
        var seen: Set<String> = []
        var (number, fruitless) = (1, 0)
        while true {
            let page = Listed.Page(try Paging(pageSize: 100, pageNumber: number))
            let response = try await client.call(Listed.listing, page, options: options)
            let new = (response.metadata.json?["entities"]?.array ?? []).filter { object in
                object["id"]?.string.map { seen.insert($0).inserted } ?? false
            }
            objects += new
            let listing = response.value
            if listing.entities.isEmpty || (listing.nextUri == nil && number >= listing.pageCount) { return objects }
            fruitless = new.isEmpty ? fruitless + 1 : 0
            guard fruitless < 100 else {
                throw Failure(.failed, "endless.list", "the pages of the list do not end")
            }
            number += 1
        }
    }

    /// Returns the object with an id.
    package func get(_ id: String) async throws(MessagingError) -> Found {
        let response = try await client.call(Entity.endpoints.get, Entity.Target(id), options: options)
        return Found(
            id: response.value.id,
            object: response.metadata.json ?? response.value.json,
            tag: client.host.honorsIdempotencyKeys ? response.metadata.entityTag : nil
        )
    }
}
