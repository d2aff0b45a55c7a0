import Foundation
import MessagingFiles
import MessagingSDK

/// The checks of a host.
enum HostChecks {
    /// Checks whether an address protects what is sent.
    static func address(_ host: MessagingHost) -> Check {
        let text = host.api.absoluteString
        if host.api.scheme?.lowercased() == "https" { return Check("address", .ok, "\(text), with TLS") }
        let isLocal = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host.api.host() ?? "")
        return isLocal
            ? Check("address", .ok, "\(text), on this machine")
            : Check("address", .warning, "\(text), without TLS: anybody on the way can read the secrets")
    }

    /// Checks the connection, the clock, the token and the permissions. Stops at the first call that makes the others pointless.
    static func calls(_ account: Account) async -> [Check] {
        let client = account.client(checksCredentials: true)
        let options = CallOptions(timeout: .seconds(10), retries: .never)
        var checks: [Check] = []
        do {
            let response = try await client.call(IdentityEndpoints.getToken, NoParameters(), options: options)
            checks.append(Check("connection", .ok, "the host responds"))
            checks.append(clock(response.metadata))
            checks.append(scopes(response.value))
            let organization = response.value.organization
            checks.append(Check("organization", .ok, organization.map { "\($0.name) (\($0.id))" } ?? "unknown"))
        } catch {
            let name = error.metadata == nil ? "connection" : "token"
            return [Check(name, error)]
        }
        for kind in ManagedKinds.all {
            checks.append(await list(kind, on: account.host, client, options))
            checks += await PermissionChecks.changes(of: kind, on: account.host, client, options)
        }
        if let reader = try? HistoryReader(account) { checks.append(await history(reader, options)) }
        return checks
    }

    private static func history(_ reader: HistoryReader, _ options: CallOptions) async -> Check {
        do {
            try await reader.walk(pageSize: 1, options: options) { _ in false }
            return Check("history", .ok, "permitted; also needed for restore")
        } catch let error as MessagingError where error.status == 403 {
            return PermissionChecks.refusal("history", error)
        } catch {
            return Check("history", error)
        }
    }

    private static func list<Entity: ManagedEntity>(
        _ kind: Entity.Type,
        on host: MessagingHost,
        _ client: MessagingClient,
        _ options: CallOptions
    ) async -> Check {
        let name = "\(Entity.command) list"
        do {
            let page = Entity.Listed.Page(try Paging(pageSize: 1))
            let listing = try await client.call(Entity.Listed.listing, page, options: options).value
            let also = CoveredCommands(on: Entity.self, host).also(Entity.Listed.listing.operation)
            return Check(name, .ok, (listing.total == 1 ? "1 object" : "\(listing.total) objects") + also)
        } catch {
            return Check(name, error)
        }
    }

    private static func scopes(_ token: TokenInfo) -> Check {
        let scopes = token.authorizedScope.joined(separator: " ")
        let isReadOnly = token.authorizedScope == [Scope.readOnly.rawValue]
        return isReadOnly
            ? Check("token", .warning, "\(scopes): commands that change something will fail")
            : Check("token", .ok, scopes)
    }

    private static func clock(_ response: ResponseMetadata) -> Check {
        guard let date = response.date else { return Check("clock", .ok, "the host does not state its time") }
        let seconds = Int(date.timeIntervalSinceNow.rounded())
        return abs(seconds) <= 5
            ? Check("clock", .ok, "as that of the host")
            : Check("clock", .warning, ClockDifference.text(aheadBy: seconds))
    }
}
