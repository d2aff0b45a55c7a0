// The examples of the vendor's page of `MessagingApi`, one for each of its 13 operations, in Swift.
//
// All of them run in the order in which they stand at the end, or the one that is named by an argument, against the server
// that the environment names: see `Stage`.
import Foundation
import HTTPTypes
import MessagingSDK
import Synchronization

func postMessagingSettings() async {
    // snippet.postMessagingSettings
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    let body = MessagingSettingRequest(
        name: "Support",
        event: EventSetting(typing: TypingSetting(on: SettingDirection(inbound: .enabled, outbound: .disabled)))
    )
    do {
        // Create a messaging setting
        let setting = try await api.postMessagingSettings(body: body)
        print(setting)
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

func getMessagingSettings() async {
    // snippet.getMessagingSettings
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    do {
        // Get a list of messaging settings
        let settings = try await api.getMessagingSettings(pageSize: 25, pageNumber: 1)
        print(settings)
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

func getMessagingSetting() async {
    // snippet.getMessagingSetting
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    do {
        // Get a messaging setting
        let setting = try await api.getMessagingSetting(messageSettingId: "YOUR_SETTING_ID")
        print(setting)
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

func patchMessagingSetting() async {
    // snippet.patchMessagingSetting
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    let body = MessagingSettingRequest(
        name: "Support, renamed",
        content: ContentSetting(story: StorySetting(mention: InboundOnlySetting(inbound: .enabled)))
    )
    do {
        // Update a messaging setting
        let setting = try await api.patchMessagingSetting(messageSettingId: "YOUR_SETTING_ID", body: body)
        print(setting)
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

func putMessagingSettingsDefault() async {
    // snippet.putMessagingSettingsDefault
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    let body = MessagingSettingDefaultRequest(settingId: "YOUR_SETTING_ID")
    do {
        // Set the organization's default settings that may be applied to an integration when it is created.
        let setting = try await api.putMessagingSettingsDefault(body: body)
        print(setting)
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

func getMessagingSettingsDefault() async {
    // snippet.getMessagingSettingsDefault
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    do {
        // Get the organization's default settings that will be used as the default when creating an integration.
        if let setting = try await api.getMessagingSettingsDefault() {
            print(setting)
        } else {
            print("no default is set")
        }
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

func deleteMessagingSettingsDefault() async {
    // snippet.deleteMessagingSettingsDefault
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    do {
        // Delete the organization's default setting, a global default will be applied to integrations without settings
        try await api.deleteMessagingSettingsDefault()
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

func deleteMessagingSetting() async {
    // snippet.deleteMessagingSetting
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    do {
        // Delete a messaging setting
        try await api.deleteMessagingSetting(messageSettingId: "YOUR_SETTING_ID")
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

func postMessagingSupportedcontent() async {
    // snippet.postMessagingSupportedcontent
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    let body = SupportedContentRequest(
        name: "Pictures",
        mediaTypes: MediaTypes(allow: MediaTypeAccess(inbound: [MediaType(type: "image/*")]))
    )
    do {
        // Create a Supported Content profile
        let profile = try await api.postMessagingSupportedcontent(body: body)
        print(profile)
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

func getMessagingSupportedcontent() async {
    // snippet.getMessagingSupportedcontent
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    do {
        // Get a list of Supported Content profiles
        let profiles = try await api.getMessagingSupportedcontent(pageSize: 25, pageNumber: 1)
        print(profiles)
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

func getMessagingSupportedcontentSupportedContentId() async {
    // snippet.getMessagingSupportedcontentSupportedContentId
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    do {
        // Get a supported content profile
        let profile = try await api.getMessagingSupportedcontentSupportedContentId(
            supportedContentId: "YOUR_PROFILE_ID"
        )
        print(profile)
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

func patchMessagingSupportedcontentSupportedContentId() async {
    // snippet.patchMessagingSupportedcontentSupportedContentId
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    let body = SupportedContentRequest(
        name: "Pictures",
        mediaTypes: MediaTypes(allow: MediaTypeAccess(outbound: [MediaType(type: "image/png")]))
    )
    do {
        // Update a supported content profile
        let profile = try await api.patchMessagingSupportedcontentSupportedContentId(
            supportedContentId: "YOUR_PROFILE_ID",
            body: body
        )
        print(profile)
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

func deleteMessagingSupportedcontentSupportedContentId() async {
    // snippet.deleteMessagingSupportedcontentSupportedContentId
    let api = MessagingAPI(accessToken: "YOUR_ACCESS_TOKEN")
    do {
        // Delete a supported content profile
        try await api.deleteMessagingSupportedcontentSupportedContentId(supportedContentId: "YOUR_PROFILE_ID")
    } catch {
        print("Failed: \(error)")
    }
    // snippet.end
}

// snippet.hide

/// What the examples call instead of the initializer: the same, over the stage.
// swift-format-ignore: AlwaysUseLowerCamelCase
func MessagingAPI(accessToken: String) -> MessagingSDK.MessagingAPI {
    MessagingSDK.MessagingAPI(accessToken: accessToken, transport: Stage.shared)
}

/// Sends what the examples send to the server at `MESSAGING_HOST`, with the token `MESSAGING_TOKEN` and with ids in the place
/// of their placeholders: those of what was created last, or `MESSAGING_SETTING_ID` and `MESSAGING_PROFILE_ID`.
final class Stage: Transport {
    static let shared = Stage()

    private let server: any Transport = PlatformTransport()
    private let environment = ProcessInfo.processInfo.environment
    private let ids: Mutex<[String: String]>

    private init() {
        ids = Mutex([
            "YOUR_SETTING_ID": environment["MESSAGING_SETTING_ID"] ?? "",
            "YOUR_PROFILE_ID": environment["MESSAGING_PROFILE_ID"] ?? "",
        ])
    }

    func send(
        _ request: HTTPRequest,
        body: [UInt8]
    ) async throws(TransportError) -> (response: HTTPResponse, body: [UInt8]) {
        guard let host = environment["MESSAGING_HOST"].flatMap({ URL(string: $0) }), let name = host.host() else {
            throw .notConnected(cause: "MESSAGING_HOST is not the address of a server")
        }
        var request = request
        request.scheme = host.scheme
        request.authority = host.port.map { "\(name):\($0)" } ?? name
        request.path = request.path.map(real)
        request.headerFields[.authorization] = request.headerFields[.authorization]?
            .replacing("YOUR_ACCESS_TOKEN", with: environment["MESSAGING_TOKEN"] ?? "")
        let text = real(String(decoding: body, as: UTF8.self))
        let answer = try await server.send(request, body: Array(text.utf8))
        if request.method == .post, let id = (try? JSON(parsing: answer.body))?["id"]?.string {
            let placeholder = request.path?.hasSuffix("/settings") == true ? "YOUR_SETTING_ID" : "YOUR_PROFILE_ID"
            ids.withLock { $0[placeholder] = id }
        }
        return answer
    }

    private func real(_ text: String) -> String {
        ids.withLock { ids in ids.reduce(text) { $0.replacing($1.key, with: $1.value) } }
    }
}

let examples: [(name: String, run: () async -> Void)] = [
    ("postMessagingSettings", postMessagingSettings),
    ("getMessagingSettings", getMessagingSettings),
    ("getMessagingSetting", getMessagingSetting),
    ("patchMessagingSetting", patchMessagingSetting),
    ("putMessagingSettingsDefault", putMessagingSettingsDefault),
    ("getMessagingSettingsDefault", getMessagingSettingsDefault),
    ("deleteMessagingSettingsDefault", deleteMessagingSettingsDefault),
    ("deleteMessagingSetting", deleteMessagingSetting),
    ("postMessagingSupportedcontent", postMessagingSupportedcontent),
    ("getMessagingSupportedcontent", getMessagingSupportedcontent),
    ("getMessagingSupportedcontentSupportedContentId", getMessagingSupportedcontentSupportedContentId),
    ("patchMessagingSupportedcontentSupportedContentId", patchMessagingSupportedcontentSupportedContentId),
    ("deleteMessagingSupportedcontentSupportedContentId", deleteMessagingSupportedcontentSupportedContentId),
]
let wanted = CommandLine.arguments.dropFirst()
for (name, run) in examples where wanted.isEmpty || wanted.contains(name) {
    print("# \(name)")
    await run()
}
