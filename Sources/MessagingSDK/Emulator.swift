public import Foundation
public import MessagingContract

/// An emulator for tests: a server that creates an organization for each test (`messaging-server serve --emulator`).
///
/// ```swift
/// let emulator = Emulator(URL(string: "http://127.0.0.1:8080")!)
/// try await emulator.withOrganization { messaging in
///     let setting = try await messaging.settings.create(MessagingSettingRequest(name: "Support"))
///     #expect(setting.version == "1")
/// }
/// ```
public struct Emulator: Sendable {
    private let url: URL
    private let token: String?
    private let transport: (any Transport)?

    /// Creates a value for the emulator at an address. On another machine, it needs the emulator's `token`. Without a transport it has a
    /// ``PlatformTransport``.
    public init(_ url: URL, token: String? = nil, transport: (any Transport)? = nil) {
        self.url = url
        self.token = token
        self.transport = transport
    }

    /// Calls `body` with a client of a new organization, and deletes the organization afterwards, also if `body` throws. The client has all
    /// permissions. Without a `seed` the organization has nothing but its factory profile. It is deleted after `lifetime` in any case, in
    /// whole seconds from a second to a week.
    ///
    /// Throws the errors of `body`, and ``MessagingError`` if the organization could not be created.
    ///
    /// Wraps `POST /platform/v1/emulator/organizations` and `DELETE /platform/v1/emulator/organizations/{organizationId}`.
    public nonisolated(nonsending) func withOrganization<Result>(
        seed: OrganizationState? = nil,
        lifetime: Duration = .seconds(3_600),
        options: ClientOptions = ClientOptions(),
        _ body: nonisolated(nonsending) (MessagingClient) async throws -> Result
    ) async throws -> Result {
        let owner = MessagingClient(
            baseURL: url,
            credentials: .accessToken(token ?? ""),
            options: options,
            transport: transport
        )
        let request = EmulatedOrganizationRequest(
            seed: seed?.document,
            lifetimeSeconds: Int(clamping: lifetime.components.seconds)
        )
        var call = CallOptions()
        if let token { call.headers[.authorization] = "Bearer \(token)" }
        let made = try await owner.call(
            EmulatorEndpoints.createOrganization,
            NoParameters(),
            body: request,
            options: call
        ).value
        let client = MessagingClient(
            baseURL: url,
            credentials: .clientCredentials(id: made.clientId ?? "", secret: made.clientSecret ?? ""),
            options: options,
            transport: transport
        )
        do {
            let result = try await body(client)
            _ = try? await owner.call(EmulatorEndpoints.deleteOrganization, EntityID(made.id), options: call)
            return result
        } catch {
            _ = try? await owner.call(EmulatorEndpoints.deleteOrganization, EntityID(made.id), options: call)
            throw error
        }
    }
}
