import HTTPTypes
import MessagingContract
import MessagingCore

extension Routes {
    /// Answers the operations that deal with tokens and with who is calling.
    mutating func addIdentity(_ organizations: Organizations, _ identity: Identity) {
        on(IdentityEndpoints.issueToken) { (_, request, call) throws(APIError) in
            let credentials = try ClientCredentials(request.form, call.request.head.headerFields[.authorization])
            return Reply(
                try await identity.issueToken(
                    credentials: credentials.readings,
                    scope: request.form["scope"]
                )
            )
        }
        on(IdentityEndpoints.revokeToken) { (_, _, call, caller) throws(APIError) in
            try await organizations.change(for: call, caller, IdentityEndpoints.revokeToken) {
                (draft, stamp) throws(APIError) in
                try draft.revoke(tokenDigest: caller.tokenDigest, expires: caller.expires, stamp)
            }
            return Reply()
        }
        on(IdentityEndpoints.getOrganization) { (_, _, _, caller) throws(APIError) in
            Reply(tagging: caller.organization.info)
        }
        on(IdentityEndpoints.getUser) { (_, _, _, caller) throws(APIError) in
            Reply(tagging: UserInfo(id: caller.client.user, name: caller.client.name))
        }
    }

    /// Answers the operations that tell whether the server is there.
    mutating func addHealth(_ readiness: Readiness) {
        on(HealthEndpoints.live) { (_, _, _) throws(APIError) in Reply(Health(status: "up")) }
        on(HealthEndpoints.ready) { (_, _, _) throws(APIError) in
            var reply = Reply<Health>(Health(status: readiness.isDraining ? "draining" : "ready"))
            if readiness.isDraining { reply.answer.status = .serviceUnavailable }
            return reply
        }
    }
}
