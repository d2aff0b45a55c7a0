import HTTPTypes
import MessagingContract
import MessagingCore

extension Routes {
    /// Adds the operations that return a caller's identity and revoke its token.
    mutating func addIdentity(_ organizations: Organizations) {
        on(IdentityEndpoints.revokeToken) { (_, _, call, caller) throws(APIError) in
            try await organizations.revokeToken(of: caller, for: call, IdentityEndpoints.revokeToken)
            return Reply()
        }
        read(IdentityEndpoints.getToken) { (_, caller) throws(APIError) in Reply(tagging: TokenInfo(caller)) }
        read(IdentityEndpoints.headToken) { (_, caller) throws(APIError) in
            // The connection sends the length of the body and not the body.
            let bytes = TokenInfo(caller).json.bytes
            return Reply(bytes: bytes, tag: EntityTag(of: bytes))
        }
        read(IdentityEndpoints.getOrganization) { (_, caller) throws(APIError) in
            Reply(tagging: caller.organization.info)
        }
        read(IdentityEndpoints.getUser) { (_, caller) throws(APIError) in
            Reply(tagging: UserInfo(id: caller.client.user, name: caller.client.name))
        }
        read(IdentityEndpoints.listProducts) { (_, _) throws(APIError) in
            Reply(tagging: OrganizationProductListing.messaging)
        }
    }

    /// Adds the operations that report whether the server runs and accepts requests. It accepts none while it is about to stop, or while no
    /// write can succeed.
    mutating func addHealth(_ load: ServerLoad, _ organizations: Organizations) {
        on(HealthEndpoints.live) { (_, _, _) throws(APIError) in Reply(Health(status: "up")) }
        on(HealthEndpoints.ready) { (_, _, _) throws(APIError) in
            let status = load.isDraining ? "draining" : organizations.canWrite ? "ready" : "unavailable"
            var reply = Reply<Health>(Health(status: status))
            if status != "ready" { reply.content.status = .serviceUnavailable }
            return reply
        }
    }
}

extension TokenInfo {
    /// Creates the description of a caller's token.
    fileprivate init(_ caller: Caller) {
        let info = caller.organization.info
        let organization = NamedEntity(id: info.id, name: info.name)
        self.init(
            organization: organization,
            scopes: Scope.allCases.filter(caller.scopes.contains),
            client: OrgOAuthClient(id: caller.clientID, name: caller.client.name, organization: organization)
        )
    }
}

extension Organizations {
    /// Revokes the token of a caller, before all other writes of the organization.
    func revokeToken<Parameters, Body, Response>(
        of owner: Caller,
        for call: Call,
        _ endpoint: Endpoint<Parameters, Body, Response>
    ) async throws(APIError) {
        let digest = owner.tokenDigestBytes
        try await change(for: call, owner, endpoint, isFirst: true) { (draft) throws(APIError) in
            draft.revoke(token: digest)
        }
    }
}
