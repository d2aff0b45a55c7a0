import MessagingContract
import MessagingCore

extension Comparison {
    /// Rules on a small and on a large organization. A rule that changes something runs on a fresh draft of the same value, as a rule of
    /// the first request of a commit does.
    static func rules() throws -> [Comparison] {
        let patch = try MergePatch<MessagingSettingRequest>(["event": ["typing": ["on": ["inbound": "Disabled"]]]])
        let rename = try MergePatch<MessagingSettingRequest>(["name": "Bench setting with another name"])
        let page = try Paging(pageSize: 25, pageNumber: 1)
        let stamp = Stamp.bench()
        return try [10, 10_000, 100_000].flatMap { count in
            let organization = try Organization.bench(count)
            let ids = (0..<count).map { String.bench($0) }
            var next = 0
            func id() -> String {
                next = (next + 7_919) % count
                return ids[next]
            }
            func rule(_ name: String, _ body: @escaping (inout Draft) throws -> Entry) -> Comparison {
                Comparison(
                    "\(name) in an organization of \(count)",
                    [
                        Way("Organization") {
                            var draft = Draft(organization, stamp)
                            return try body(&draft).bytes.count
                        }
                    ]
                )
            }
            return [
                rule("create a setting") { try $0.create(MessagingSetting.self, .bench(count)) },
                rule("update a setting") { try $0.update(MessagingSetting.self, id(), patch) },
                rule("rename a setting") { try $0.update(MessagingSetting.self, id(), rename) },
                rule("get a setting") { try $0.organization.get(MessagingSetting.self, id()) },
                Comparison(
                    "list a page of 25 in an organization of \(count)",
                    [Way("Organization") { organization.list(MessagingSetting.self, page).entries.count }]
                ),
            ]
        }
    }
}
