import HTTPTypes

/// The operations that control an emulator: a server for tests, with an organization for each test. They are ours; the vendor has none like
/// them. Only `messaging-server serve --emulator` has them.
///
/// Organizations are created and deleted without a token by callers on the same machine, and by others with the emulator's own token. Each
/// other operation concerns the organization of its token, whatever permissions and scopes the token has.
public enum EmulatorEndpoints {
    /// Lists the organizations that were created by ``createOrganization`` and still exist.
    public static let listOrganizations: Endpoint<NoParameters, NoBody, EntityList<EmulatedOrganization>> = endpoint(
        "getPlatformEmulatorOrganizations",
        .get,
        "organizations",
        access: .open,
        "Get the organizations that were created for tests and still exist"
    )
    /// Creates an organization with an OAuth client and a token. Only this response has the secret and the token.
    public static let createOrganization: Endpoint<NoParameters, EmulatedOrganizationRequest, EmulatedOrganization> =
        endpoint(
            "postPlatformEmulatorOrganizations",
            .post,
            "organizations",
            access: .open,
            "Create an organization for a test, with an OAuth client and a token. Only this response has its secrets"
        )
    /// Deletes an organization that was created by ``createOrganization``, with everything in it.
    public static let deleteOrganization: Endpoint<EntityID, NoBody, NoContent> = endpoint(
        "deletePlatformEmulatorOrganization",
        .delete,
        "organizations/{organizationId}",
        access: .open,
        "Delete an organization that was created for a test, with everything in it"
    )
    /// Returns the content of the organization. Secrets of integrations are part of it.
    public static let state: Endpoint<NoParameters, NoBody, OrganizationState> = endpoint(
        "getPlatformEmulatorState",
        .get,
        "state",
        "Get the content of the organization as one document, with the secrets of its integrations"
    )
    /// Replaces the content of the organization in one commit.
    public static let setState: Endpoint<NoParameters, OrganizationState, NoContent> = endpoint(
        "putPlatformEmulatorState",
        .put,
        "state",
        "Replace the content of the organization by that of a document, in one step. Its clients and tokens stay"
    )
    /// Lists the snapshots of the organization, ordered by name.
    public static let listSnapshots: Endpoint<NoParameters, NoBody, EntityList<EmulatorSnapshot>> = endpoint(
        "getPlatformEmulatorSnapshots",
        .get,
        "snapshots",
        "Get the snapshots of the organization, ordered by name"
    )
    /// Takes a snapshot of the organization, in place of an earlier one with the name.
    public static let takeSnapshot: Endpoint<EntityID, NoBody, EmulatorSnapshot> = endpoint(
        "putPlatformEmulatorSnapshot",
        .put,
        "snapshots/{name}",
        "Take a snapshot of the organization's content, in place of an earlier one with this name"
    )
    /// Restores the content of a snapshot as the next revision.
    public static let restoreSnapshot: Endpoint<EntityID, NoBody, EmulatorSnapshot> = endpoint(
        "postPlatformEmulatorSnapshotRestore",
        .post,
        "snapshots/{name}/restore",
        "Restore the content of a snapshot, as the next revision. Clients and tokens stay as they are"
    )
    /// Deletes a snapshot.
    public static let deleteSnapshot: Endpoint<EntityID, NoBody, NoContent> = endpoint(
        "deletePlatformEmulatorSnapshot",
        .delete,
        "snapshots/{name}",
        "Delete a snapshot"
    )
    /// Restores the content with which the organization began.
    public static let reset: Endpoint<NoParameters, NoBody, NoContent> = endpoint(
        "postPlatformEmulatorReset",
        .post,
        "reset",
        "Restore the content with which the organization began, and drop pending work"
    )

    static let operations = [
        listOrganizations.operation, createOrganization.operation, deleteOrganization.operation, state.operation,
        setState.operation, listSnapshots.operation, takeSnapshot.operation, restoreSnapshot.operation,
        deleteSnapshot.operation, reset.operation,
    ]

    private static func endpoint<Parameters, Body, Response>(
        _ id: String,
        _ method: HTTPRequest.Method,
        _ path: String,
        access: APIOperation.Access = .bearer(nil),
        _ summary: String
    ) -> Endpoint<Parameters, Body, Response> {
        Endpoint(id, method, "/platform/v1/emulator/\(path)", access: access, tag: "Emulator", summary: summary)
    }
}

extension EmulatedOrganizationRequest: OperationBody {
    public static let rule = OrganizationState.rule
    public static let example: JSON? = ["name": "Test", "lifetimeSeconds": 600]
}

extension EmulatedOrganization: ReadableResponse {}

extension EmulatorSnapshot: ReadableResponse {}
