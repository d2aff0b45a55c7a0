import Foundation
import MessagingContract
import MessagingCore
import Testing

@testable import MessagingServer

/// The bytes of a page, against a join of the objects that is made in this file.
@Suite struct PageBytesTests {
    private static let path = "/api/v2/conversations/messaging/settings"

    @Test(arguments: [0, 1, 24, 25, 26, 1_000])
    func pagesHaveTheBytesOfTheirObjectsAfterEachChange(count: Int) throws {
        var world = try World(of: count)
        try world.expectPages()
        try world.create(named: "a comes first")
        try world.expectPages()
        try world.create(named: "name \(World.padded(count / 2)) and more")
        try world.expectPages()
        try world.create(named: "zzz comes last")
        try world.expectPages()
        // The objects at the borders of pages, and around those of chunks wherever they are.
        for position in [0, 1, 23, 24, 25, 26, 47, 48, 49, 50, count - 1, count + 2]
        where world.sorted.indices.contains(position) {
            try world.update(at: position)
        }
        try world.expectPages()
        try world.rename(at: 0, to: "zzzz was first")
        try world.expectPages()
        try world.rename(at: world.sorted.count - 2, to: "\u{e9} moves to where its bytes belong")
        try world.expectPages()
        try world.rename(at: world.sorted.count / 2, to: "a was in the middle \"\\")
        try world.expectPages()
        for position in [world.sorted.count - 1, world.sorted.count / 2, 0]
        where world.sorted.indices.contains(position) {
            try world.delete(at: position)
            try world.expectPages()
        }
    }

    @Test func deletingAllLeavesTheEmptyPage() throws {
        var world = try World(of: 100)
        while !world.sorted.isEmpty { try world.delete(at: world.sorted.count / 3) }
        try world.expectPages()
    }

    @Test func aPathIsEscaped() throws {
        let world = try World(of: 30)
        try world.expectPages(path: "/\"quoted\\path\u{1}")
    }

    @Test func aPageIsKeptFromItsSecondRequestOnAndAWalkDropsNone() throws {
        let world = try World(of: 2_000)
        let cache = PageCache()
        func place(_ number: Int, size: Int) throws -> UnsafeRawPointer? {
            let page = try Paging(pageSize: size, pageNumber: number)
            let path = Self.path
            let bytes = try cache.bytes(
                of: page,
                MessagingSetting.self,
                in: world.organization,
                path: path,
                budget: .max
            )
            return bytes?.withUnsafeBytes { $0.baseAddress }
        }
        for number in 1...40 { for _ in 0..<2 { _ = try place(number, size: 25) } }
        let kept = try (1...40).map { try place($0, size: 25) }
        for number in 1...2_000 { _ = try place(number, size: 1) }
        #expect(try (1...40).map { try place($0, size: 25) } == kept)
    }

    /// An organization, and a list of its settings that is kept beside it.
    private struct World {
        private(set) var organization: Organization
        private(set) var sorted: [(name: String, id: String, bytes: [UInt8])]

        init(of count: Int) throws {
            let settings = (0..<count).map { number in
                var setting = MessagingSetting(
                    MessagingSettingRequest(name: "name \(Self.padded(number))"),
                    Self.stamp("id-\(number)")
                )
                setting.id = "id-\(number)"
                return setting
            }
            sorted = settings.map { ($0.name, $0.id, $0.json.bytes) }
            let records = sorted.map { Record(kind: .messagingSetting, id: $0.id, bytes: $0.bytes) }
            organization = try Organization(StoredOrganization(id: "o-1", revision: 1, records: records.reversed()))
        }

        static func padded(_ number: Int) -> String { String(String(10_000 + number).dropFirst()) }

        private static func stamp(_ id: String) -> Stamp {
            Stamp(time: Date(timeIntervalSince1970: 1_772_356_527), id: id, author: .test)
        }

        mutating func create(named name: String) throws {
            try change("new-\(name)") { try $0.create(MessagingSetting.self, MessagingSettingRequest(name: name)) }
        }

        mutating func update(at position: Int) throws {
            let id = sorted[position].id
            let patch = try MergePatch<MessagingSettingRequest>(["event": ["typing": ["on": ["inbound": "Enabled"]]]])
            try change(id) { try $0.update(MessagingSetting.self, id, patch) }
        }

        mutating func rename(at position: Int, to name: String) throws {
            let id = sorted[position].id
            let patch = try MergePatch<MessagingSettingRequest>(["name": .string(name)])
            try change(id) { try $0.update(MessagingSetting.self, id, patch) }
        }

        mutating func delete(at position: Int) throws {
            let id = sorted.remove(at: position).id
            var draft = Draft(organization, Self.stamp(id))
            try draft.delete(MessagingSetting.self, id)
            organization = draft.organization
        }

        private mutating func change(_ id: String, _ rule: (inout Draft) throws -> Entry) throws {
            var draft = Draft(organization, Self.stamp(id))
            let entry = try rule(&draft)
            organization = draft.organization
            sorted.removeAll { $0.id == id }
            sorted.append((entry.name, entry.id, entry.bytes))
            sorted.sort { left, right in
                let (one, other) = (Array("\(left.name)\0\(left.id)".utf8), Array("\(right.name)\0\(right.id)".utf8))
                return one.lexicographicallyPrecedes(other)
            }
        }

        /// Expects every page of 25 and of some other sizes, each made anew.
        func expectPages(path: String = PageBytesTests.path, sourceLocation: SourceLocation = #_sourceLocation) throws {
            for size in [1, 24, 25, 26, 100] {
                let last = (sorted.count + size - 1) / size
                for number in Set([1, 2, last / 2, last, last + 1] + (size == 25 ? Array(1...max(last, 1)) : []))
                where number > 0 {
                    let page = try Paging(pageSize: size, pageNumber: number)
                    let bytes = try PageCache().bytes(
                        of: page,
                        MessagingSetting.self,
                        in: organization,
                        path: path,
                        budget: .max
                    )
                    #expect(bytes == joined(page, path), "\(page)", sourceLocation: sourceLocation)
                }
            }
        }

        private func joined(_ page: Paging, _ path: String) -> [UInt8] {
            let objects = sorted.dropFirst(page.offset).prefix(page.pageSize).map(\.bytes)
            var envelope = Listing<MessagingSetting>(page: page, total: sorted.count, path: path).json.object ?? [:]
            envelope["entities"] = nil
            return Array(#"{"entities":["#.utf8) + objects.joined(separator: [UInt8(ascii: ",")]) + Array("],".utf8)
                + JSON.object(envelope).bytes.dropFirst()
        }
    }
}
