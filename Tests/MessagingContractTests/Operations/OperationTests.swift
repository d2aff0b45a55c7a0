import HTTPTypes
import MessagingContract
import Testing

@Suite struct OperationTests {
    /// The 13 operations of the seed page with their methods, paths and permissions, as the page has them.
    static let seed: [(id: String, method: HTTPRequest.Method, path: String, permission: PermissionRule)] = [
        (
            "deleteMessagingSetting", .delete, "/api/v2/messaging/settings/{messageSettingId}",
            .all([Permission(rawValue: "messaging:setting:delete")])
        ),
        (
            "deleteMessagingSettingsDefault", .delete, "/api/v2/messaging/settings/default",
            .all([Permission(rawValue: "messaging:setting:delete")])
        ),
        (
            "deleteMessagingSupportedcontentSupportedContentId", .delete,
            "/api/v2/messaging/supportedcontent/{supportedContentId}",
            .all([Permission(rawValue: "messaging:supportedContent:delete")])
        ),
        (
            "getMessagingSetting", .get, "/api/v2/messaging/settings/{messageSettingId}",
            .all([Permission(rawValue: "messaging:setting:view")])
        ),
        (
            "getMessagingSettings", .get, "/api/v2/messaging/settings",
            .all([Permission(rawValue: "messaging:setting:view")])
        ),
        (
            "getMessagingSettingsDefault", .get, "/api/v2/messaging/settings/default",
            .all([Permission(rawValue: "messaging:setting:view")])
        ),
        (
            "getMessagingSupportedcontent", .get, "/api/v2/messaging/supportedcontent",
            .all([Permission(rawValue: "messaging:supportedContent:view")])
        ),
        (
            "getMessagingSupportedcontentSupportedContentId", .get,
            "/api/v2/messaging/supportedcontent/{supportedContentId}",
            .all([Permission(rawValue: "messaging:supportedContent:view")])
        ),
        (
            "patchMessagingSetting", .patch, "/api/v2/messaging/settings/{messageSettingId}",
            .all([Permission(rawValue: "messaging:setting:edit")])
        ),
        (
            "patchMessagingSupportedcontentSupportedContentId", .patch,
            "/api/v2/messaging/supportedcontent/{supportedContentId}",
            .all([Permission(rawValue: "messaging:supportedContent:edit")])
        ),
        (
            "postMessagingSettings", .post, "/api/v2/messaging/settings",
            .any([Permission(rawValue: "messaging:setting:add")])
        ),
        (
            "postMessagingSupportedcontent", .post, "/api/v2/messaging/supportedcontent",
            .any([Permission(rawValue: "messaging:supportedContent:add")])
        ),
        (
            "putMessagingSettingsDefault", .put, "/api/v2/messaging/settings/default",
            .all([Permission(rawValue: "messaging:setting:edit")])
        ),
    ]

    @Test(arguments: seed)
    func theSeedPageIsDeclared(
        _ expected: (id: String, method: HTTPRequest.Method, path: String, permission: PermissionRule)
    ) throws {
        let operation = try #require(APIOperation.all.first { $0.id == expected.id })
        #expect(operation.method == expected.method)
        #expect(operation.path == expected.path)
        #expect(operation.permission == expected.permission)
        #expect(operation.success == (operation.method == .delete ? .noContent : .ok))
        #expect(operation.access == .bearer(operation.method == .get ? .readOnly : .messaging))
        #expect(operation.successor != nil)
    }

    @Test func thereAreFifteenSuccessors() {
        let paths = ["settings", "supportedcontent"].map { "/api/v2/conversations/messaging/\($0)" }
        let successors = APIOperation.all.filter { operation in paths.contains { operation.path.hasPrefix($0) } }
        #expect(successors.count == 15)
        #expect(successors.allSatisfy { $0.successor == nil })
        #expect(APIOperation.all.filter { $0.successor != nil }.count == 13)
    }

    @Test func idsAreUniqueAndSoAreMethodsOnPaths() {
        #expect(Set(APIOperation.all.map(\.id)).count == APIOperation.all.count)
        #expect(Set(APIOperation.all.map { "\($0.method) \($0.path)" }).count == APIOperation.all.count)
    }

    @Test func everySuccessorIsDeclaredWithTheSameMethod() {
        for operation in APIOperation.all where operation.successor != nil {
            let successor = APIOperation.all.first { $0.path == operation.successor && $0.method == operation.method }
            #expect(successor != nil, "\(operation.id)")
            #expect(successor?.permission.permissions == operation.permission.permissions)
        }
    }

    @Test func onlyCreatingASettingHasAnotherPermissionRuleInTheNewFamily() {
        #expect(
            MessagingSettingEndpoints.current.resource.create.operation.permission
                == .all([Permission(rawValue: "messaging:setting:add")])
        )
        #expect(
            SupportedContentEndpoints.current.resource.create.operation.permission
                == .any([Permission(rawValue: "messaging:supportedContent:add")])
        )
    }
}
