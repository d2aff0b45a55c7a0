package import MessagingSDK

extension ObjectReader where Entity: DefaultableEntity {
    /// Returns the default of the kind; nil if none is set. A host may report that with 204, or with its own 404.
    package func `default`() async throws(MessagingError) -> Found? {
        do {
            let response = try await client.call(Entity.defaultEndpoints.get, NoParameters())
            return response.value.map { value in
                Found(
                    id: value.id,
                    object: response.metadata.json ?? value.json,
                    tag: client.host.honorsIdempotencyKeys ? response.metadata.entityTag : nil
                )
            }
        } catch {
            guard error.status == 404, error.body?.code.hasSuffix("not.found") == true else { throw error }
            return nil
        }
    }
}
