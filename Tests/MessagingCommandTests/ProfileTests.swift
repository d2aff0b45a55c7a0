import Foundation
import MessagingFiles
import MessagingSDK
import Testing

@testable import messaging

struct ProfileTests {
    private static let profile = Profile(url: "https://a.example", clientID: "id", clientSecret: "the-secret")

    private static func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test func profilesComeBackFromTheirFile() throws {
        try Self.inFolder { folder in
            let file = ProfileFile(["XDG_CONFIG_HOME": folder])
            #expect(try file.read() == Profiles())
            var profiles = Profiles()
            profiles.named["local"] = Self.profile
            profiles.current = "local"
            try file.write(profiles)
            #expect(try file.read() == profiles)
            let path = try #require(file.path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func aFileThatOthersMayReadIsRefused() throws {
        try Self.inFolder { folder in
            let file = ProfileFile(["XDG_CONFIG_HOME": folder])
            try file.write(Profiles())
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: #require(file.path))
            #expect(throws: Failure.self) { try file.read() }
        }
    }

    @Test func theFileIsInTheConfigurationDirectory() {
        #expect(ProfileFile(["HOME": "/h"]).path == "/h/.config/messaging/profiles.json")
        #expect(ProfileFile(["HOME": "/h", "XDG_CONFIG_HOME": "/x"]).path == "/x/messaging/profiles.json")
        #expect(ProfileFile(["XDG_CONFIG_HOME": "relative"]).path == nil)
        #expect(ProfileFile([:]).path == nil)
    }

    @Test func aSummaryHasNoSecret() {
        let text = String(decoding: Profiles().summary(of: "local", Self.profile).bytes, as: UTF8.self)
        #expect(!text.contains("the-secret") && text.contains("https://a.example"))
    }

    @Test func flagsCountBeforeTheEnvironmentAndThatBeforeTheFile() throws {
        try Self.inFolder { folder in
            var environment = ["XDG_CONFIG_HOME": folder]
            var profiles = Profiles()
            profiles.named["local"] = Self.profile
            profiles.current = "local"
            try ProfileFile(environment).write(profiles)
            #expect(try Account(profile: nil, environment).source == "profile local")
            environment["GENESYSCLOUD_REGION"] = "mypurecloud.de"
            environment["GENESYSCLOUD_ACCESS_TOKEN"] = "token"
            #expect(try Account(profile: nil, environment).host == .genesysCloud(.euCentral1))
            environment["MESSAGING_URL"] = "http://127.0.0.1:8080"
            environment["MESSAGING_CLIENT_ID"] = "id"
            environment["MESSAGING_CLIENT_SECRET"] = "secret"
            #expect(try Account(profile: nil, environment).source == "MESSAGING_URL")
            #expect(try Account(profile: "local", environment).host.api.absoluteString == "https://a.example")
        }
    }

    @Test(arguments: [
        (["MESSAGING_URL": "http://h"], Exit.notPermitted),
        (["MESSAGING_URL": "http://h", "MESSAGING_CLIENT_ID": "i"], .notPermitted),
        (["MESSAGING_TOKEN": "t"], .usage),
        (["GENESYSCLOUD_REGION": "mars", "GENESYSCLOUD_ACCESS_TOKEN": "t"], .usage),
        (["MESSAGING_URL": "h", "MESSAGING_TOKEN": "t"], .usage),
        (["MESSAGING_URL": "ftp://h", "MESSAGING_TOKEN": "t"], .usage),
        (["MESSAGING_URL": "https://u:p@h", "MESSAGING_TOKEN": "t"], .usage), ([:], .notPermitted),
    ])
    func anIncompleteEnvironmentIsRefused(environment: [String: String], exit: Exit) {
        #expect {
            try Account(profile: nil, environment)
        } throws: { error in
            (error as? Failure)?.exit == exit
        }
    }

    @Test func aSecretComesFromASource() throws {
        #expect(try SecretSource("env:A", for: "x").secret(["A": "value\n"]) == "value")
        #expect(throws: Failure.self) { try SecretSource("env:A", for: "x").secret([:]) }
        try Self.inFolder { folder in
            let path = "\(folder)/secret"
            #expect(
                FileManager.default.createFile(
                    atPath: path,
                    contents: Data("value\n".utf8),
                    attributes: [.posixPermissions: 0o600]
                )
            )
            #expect(try SecretSource("@\(path)", for: "x").secret() == "value")
            try FileManager.default.setAttributes([.posixPermissions: 0o604], ofItemAtPath: path)
            #expect(throws: Failure.self) { try SecretSource("@\(path)", for: "x").secret() }
        }
    }

    @Test func aSecretItselfIsRefusedAndNotRepeated() {
        #expect {
            try SecretSource("hunter2", for: "--client-secret")
        } throws: { error in
            guard let failure = error as? Failure else { return false }
            return failure.exit == .usage && !failure.text.contains("hunter2")
        }
    }
}
