import MessagingContract

/// The counts of an organization's requests in a window. A token remembers the place of its client, so a request takes one look-up, or none
/// if the place of its token is known.
struct RateCounts: Sendable {
    private var tokens: [(count: Int, client: Int)] = []
    private var tokenPlaces: [String: Int] = [:]
    private var clients: [Int] = []
    private var clientPlaces: [String: Int] = [:]
    private var count = 0

    /// The number of tokens with a count.
    var tokenCount: Int { tokens.count }

    /// Counts a request for its token, its client and the organization. A request over the limit of its token counts for the token only, and
    /// a request that another limit refuses does not count. Returns the count of the token.
    ///
    /// `place` is the place of the token, or nil if it is not known. It is set, unless no request of the token was counted.
    mutating func take(
        _ token: String,
        at place: inout Int?,
        of client: String,
        _ limits: RateLimits
    ) -> (count: Int, refusal: RateScope?) {
        if place == nil { place = tokenPlaces[token] }
        guard let known = place else { return add(token, &place, of: client, limits) }
        let (before, client) = tokens[known]
        let refusal = before >= limits.token ? .token : refusal(clients[client], limits)
        if refusal == nil || refusal == .token { tokens[known].count += 1 }
        if refusal == nil {
            clients[client] += 1
            count += 1
        }
        return (tokens[known].count, refusal)
    }

    /// Counts the first request of a token.
    private mutating func add(
        _ token: String,
        _ place: inout Int?,
        of client: String,
        _ limits: RateLimits
    ) -> (count: Int, refusal: RateScope?) {
        let known = clientPlaces[client]
        if let refusal = refusal(known.map { clients[$0] } ?? 0, limits) { return (0, refusal) }
        let clientPlace = known ?? clients.count
        if known == nil {
            clientPlaces[client] = clientPlace
            clients.append(0)
        }
        clients[clientPlace] += 1
        count += 1
        place = tokens.count
        tokenPlaces[token] = tokens.count
        tokens.append((1, clientPlace))
        return (1, nil)
    }

    private func refusal(_ clientCount: Int, _ limits: RateLimits) -> RateScope? {
        if clientCount >= limits.client { return .client }
        return count >= limits.organization ? .organization : nil
    }
}
