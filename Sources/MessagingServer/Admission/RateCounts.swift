import MessagingContract

/// The counts of the requests in a window. A token remembers the places of its client and organization, so a request takes one lookup.
struct RateCounts: Sendable {
    private var counts: [String: (count: Int, client: Int)] = [:]
    private var clientPlaces: [String: Int] = [:]
    private var clients: [(count: Int, organization: Int)] = []
    private var organizationPlaces: [String: Int] = [:]
    private var organizations: [Int] = []

    /// The number of tokens with a count.
    var tokens: Int { counts.count }

    /// Counts a request for its token, client and organization, or for none of them if a limit refuses it. Returns the count of the token.
    ///
    /// Client ids are unique across organizations.
    mutating func take(
        _ token: String,
        of client: String,
        in organization: String,
        _ limits: RateLimits
    ) -> (count: Int, refusal: RateScope?) {
        let known = counts.index(forKey: token)
        let count = known.map { counts.values[$0].count } ?? 0
        if count >= limits.token { return (count, .token) }
        let place = known.map { counts.values[$0].client } ?? clientPlaces[client]
        if let place, clients[place].count >= limits.client { return (count, .client) }
        let home = place.map { clients[$0].organization } ?? organizationPlaces[organization]
        if let home, organizations[home] >= limits.organization { return (count, .organization) }

        let counted = place ?? add(client, in: home ?? add(organization))
        if let known { counts.values[known].count += 1 } else { counts[token] = (1, counted) }
        clients[counted].count += 1
        organizations[clients[counted].organization] += 1
        return (count + 1, nil)
    }

    /// Counts a request that the limit of its token refuses, for the token only. Returns the count of the token.
    mutating func refuse(_ token: String) -> Int {
        guard let known = counts.index(forKey: token) else { return 0 }
        counts.values[known].count += 1
        return counts.values[known].count
    }

    private mutating func add(_ client: String, in organization: Int) -> Int {
        clientPlaces[client] = clients.count
        clients.append((0, organization))
        return clients.count - 1
    }

    private mutating func add(_ organization: String) -> Int {
        organizationPlaces[organization] = organizations.count
        organizations.append(0)
        return organizations.count - 1
    }
}
