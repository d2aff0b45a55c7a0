// The examples of the documentation, beside those of the vendor's page (MessagingAPI.swift). They run against the server at
// `MESSAGING_HOST`, as the client `MESSAGING_CLIENT_ID` with `MESSAGING_CLIENT_SECRET`.

// snippet.import
import Foundation
import MessagingSDK

// snippet.end

func firstCall(url: URL, id: String, secret: String) async throws -> MessagingSetting {
    // snippet.firstCall
    let client = MessagingClient(baseURL: url, credentials: .clientCredentials(id: id, secret: secret))
    let setting = try await client.settings.create(MessagingSettingRequest(name: "Support"))
    for try await setting in client.settings.all() {
        print(setting.id, setting.name)
    }
    // snippet.end
    return setting
}

func genesysCloud(id: String, secret: String) -> MessagingClient {
    // snippet.genesysCloud
    let client = MessagingClient(region: .euCentral1, credentials: .clientCredentials(id: id, secret: secret))
    // snippet.end
    return client
}

func errors(_ client: MessagingClient, id: String) async {
    // snippet.errors
    do {
        try await client.settings.delete(id)
    } catch {
        if error.status == 404 {
            print("there is no such setting")
        } else if error.outcomeIsUnknown {
            print("it may have been deleted: \(error)")
        } else {
            print("it was not deleted: \(error)")
        }
    }
    // snippet.end
}

func paging(_ client: MessagingClient) async throws {
    // snippet.paging
    for try await profile in client.supportedContent.all() {
        print(profile.name)
    }

    let page = try await client.supportedContent.list(pageSize: 25, pageNumber: 1)
    print("\(page.entities.count) of \(page.total)")
    // snippet.end
}

func patch(_ client: MessagingClient, id: String) async throws {
    // snippet.patch
    var patch = Patch<MessagingSettingRequest>()
    patch.name = .set("Support in English")
    patch.event.typing.on.inbound = .set(.enabled)
    patch.event.typing.on.outbound = .clear
    patch.content = .clear
    try await client.settings.update(id, patch)
    // snippet.end
}

func idempotency(_ client: MessagingClient) async throws -> MessagingSetting {
    // snippet.idempotency
    let key = UUID().uuidString
    let setting = try await client.settings.create(
        MessagingSettingRequest(name: "Created once"),
        options: CallOptions(idempotencyKey: key)
    )
    // snippet.end
    let again = try await client.settings.create(
        MessagingSettingRequest(name: "Created once"),
        options: CallOptions(idempotencyKey: key)
    )
    guard again.id == setting.id else { throw MessagingError(.unreadable, "created twice") }
    return setting
}

func entityTag(_ client: MessagingClient, id: String) async throws {
    // snippet.entityTag
    let answer = try await client.call(MessagingSetting.endpoints.get, EntityID(id))
    guard let tag = answer.metadata.entityTag else {
        throw MessagingError(.unreadable, "the host sends no entity tags")
    }
    var patch = Patch<MessagingSettingRequest>()
    patch.name = .set("\(answer.value.name), and more")
    do {
        try await client.settings.update(id, patch, options: CallOptions(ifMatch: tag))
    } catch {
        guard error.status == 412 else { throw error }
        print("somebody else was faster")
    }
    // snippet.end
}

func defaults(_ client: MessagingClient, id: String) async throws {
    // snippet.defaults
    try await client.settings.setDefault(id)
    let setting = try await client.settings.default()
    print("the default is \(setting?.name ?? "not set")")
    try await client.settings.clearDefault()
    // snippet.end
}

// snippet.export
/// Prints all objects of a kind as JSON documents.
func export<Entity: ResourceEntity>(_ kind: Entity.Type, of client: MessagingClient) async throws {
    for try await object in client.resources(of: kind).all() {
        print(kind.objectKind.rawValue, object.json)
    }
}

/// Prints all objects of an organization.
func export(_ client: MessagingClient) async throws {
    let organization = try await client.organization()
    print("organization", organization.id)
    for kind in MessagingClient.kinds {
        try await export(kind, of: client)
    }
}
// snippet.end

func options(url: URL, credentials: Credentials) -> MessagingClient {
    // snippet.options
    var options = ClientOptions()
    options.timeout = .seconds(20)
    options.retries = RetryPolicy(attempts: 3)
    let client = MessagingClient(baseURL: url, credentials: credentials, options: options)
    // snippet.end
    return client
}

// snippet.tokenSource
/// Tokens that a service of one's own hands out, each kept until a host refuses it.
actor Vault: TokenSource {
    private let fetch: @Sendable () async throws -> String
    private var token: AccessToken?

    init(fetch: @escaping @Sendable () async throws -> String) { self.fetch = fetch }

    func token(replacing rejected: AccessToken?) async throws(MessagingError) -> AccessToken {
        if let token, token != rejected { return token }
        do {
            let token = AccessToken(try await fetch())
            self.token = token
            return token
        } catch {
            throw MessagingError(.tokenRefused, "the vault has no token")
        }
    }
}
// snippet.end

func tokens(url: URL, vault: Vault) -> MessagingClient {
    // snippet.tokens
    let client = MessagingClient(baseURL: url, credentials: .source(vault))
    // snippet.end
    return client
}

// snippet.hide
let environment = ProcessInfo.processInfo.environment
guard let url = environment["MESSAGING_HOST"].flatMap({ URL(string: $0) }),
    let id = environment["MESSAGING_CLIENT_ID"], let secret = environment["MESSAGING_CLIENT_SECRET"]
else {
    print("MESSAGING_HOST, MESSAGING_CLIENT_ID and MESSAGING_CLIENT_SECRET say where to run")
    exit(64)
}
let first = try await firstCall(url: url, id: id, secret: secret)
let client = options(url: url, credentials: .clientCredentials(id: id, secret: secret))
_ = genesysCloud(id: id, secret: secret)
try await paging(client)
try await patch(client, id: first.id)
try await entityTag(client, id: first.id)
try await defaults(client, id: first.id)
try await export(client)
let once = try await idempotency(client)
await errors(client, id: once.id)
await errors(client, id: once.id)
await errors(tokens(url: url, vault: Vault { throw CancellationError() }), id: once.id)
