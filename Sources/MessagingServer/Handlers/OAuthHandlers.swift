import HTTPTypes
import MessagingContract
import MessagingCore

extension Routes {
    /// Adds the operations for OAuth clients. The limits per minute follow from those of requests:
    ///
    /// - A client gets as many tokens as a token may send requests.
    /// - An organization gets as many tokens as a client may send requests.
    /// - A client may revoke as many tokens as it may send requests.
    ///
    /// `publicURL` is the URL at which clients reach the server. If it is nil, the URL of each request is used.
    mutating func addOAuth(
        _ organizations: Organizations,
        _ identity: Identity,
        publicURL: BaseURL?,
        limits: RateLimits
    ) {
        let clock = organizations.surroundings.instant
        let issuing = RateLimiter(limits.ofTokenRequests, clock: clock)
        let revoking = RateLimiter(limits.ofRevocations, clock: clock)
        on(OAuthEndpoints.issueToken) { (_, request, call) throws(APIError) in
            guard request.form["grant_type"] == "client_credentials" else {
                let isMissing = request.form["grant_type"] == nil
                throw await identity.refusing(
                    isMissing
                        ? .oauth(.invalidRequest, "grant_type is missing")
                        : .oauth(.unsupportedGrantType, "the only grant_type is client_credentials"),
                    call,
                    request.form
                )
            }
            return try await organizations.nearStore { () throws(APIError) in
                let client = try await identity.client(of: call, request.form)
                let rate = issuing.count(client)
                if let refusal = rate.refusal { throw .tooManyTokens(of: refusal, retryAfter: rate.reset) }
                return Reply(try await identity.issueToken(to: client, scope: request.form["scope"]))
            }
        }
        on(OAuthEndpoints.revokeToken) { (_, request, call) throws(APIError) in
            guard let token = request.form["token"] else {
                throw await identity.refusing(.oauth(.invalidRequest, "token is missing"), call, request.form)
            }
            let client = try await identity.client(of: call, request.form)
            let rate = revoking.count(client)
            if rate.refusal != nil { throw .tooManyRevocations(retryAfter: rate.reset) }
            guard let owner = try await identity.caller(token, evenExpired: true) else { return Reply() }
            guard owner.client.id == client.id, owner.organization.id == client.organization else {
                throw .oauth(.invalidGrant, "the token was issued to another client")
            }
            try await organizations.revokeToken(of: owner, for: call, OAuthEndpoints.revokeToken)
            return Reply()
        }
        on(OAuthEndpoints.metadata) { (_, _, call) throws(APIError) in
            guard let base = publicURL ?? call.request.baseURL else {
                throw .badRequest("The field Host must name the server, and nothing else.")
            }
            return Reply(AuthorizationServerMetadata(baseURL: base.text))
        }
    }
}

extension Identity {
    /// Returns the client that authenticates a request. Throws `invalid_request`, `invalid_client`, a 429 or a 503.
    fileprivate func client(of call: Call, _ form: Query) async throws(APIError) -> AuthenticatedClient {
        let credentials = try ClientCredentials(form, call.request.authorization)
        return try await client(credentials.readings, from: call.request.address) { call.note?.note($0) }
    }

    /// Returns the error that refuses a form from any client. Before that, it notes the client that the form names for the log.
    fileprivate func refusing(_ error: APIError, _ call: Call, _ form: Query) async -> APIError {
        _ = try? await client(of: call, form)
        return error
    }
}
