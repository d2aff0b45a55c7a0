import Foundation
import MessagingContract
import NIOCore
import Testing

@testable import MessagingCore
@testable import MessagingServer

/// The bytes of a page, against a join of the objects that is made in this file.
@Suite struct PageBytesTests {
    fileprivate static let path = "/api/v2/conversations/messaging/settings"

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

    @Test func aPageIsCachedFromItsSecondRequestOn() throws {
        let world = try World(of: 30)
        let cache = PageCache()
        let first = try world.page(2, in: cache)
        let second = try world.page(2, in: cache)
        #expect(!second.isSameMemory(as: first))
        #expect(second.bytes == first.bytes)
        #expect(try world.page(2, in: cache).isSameMemory(as: second))
    }

    @Test func aCachedPageIsMadeAnewOnceForARevision() throws {
        let world = try World(of: 30)
        let cache = PageCache()
        for _ in 0..<2 { _ = try world.page(2, in: cache) }
        var changed = world
        try changed.create(named: "a comes first")
        let anew = try changed.page(2, in: cache)
        #expect(anew.bytes == (try changed.page(2, in: PageCache()).bytes))
        #expect(try changed.page(2, in: cache).isSameMemory(as: anew))
        // A caller may still have the earlier snapshot.
        #expect(try world.page(2, in: cache).bytes == world.page(2, in: PageCache()).bytes)
    }

    @Test func aWalkThroughAllPagesLeavesACachedPageAlone() throws {
        let world = try World(of: 0)
        let cache = PageCache()
        _ = try world.page(1, in: cache)
        let cached = try world.page(1, in: cache)
        for number in 2...5_000 { _ = try world.page(number, in: cache) }
        #expect(try world.page(1, in: cache).isSameMemory(as: cached))
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
            organization = draft.finish().organization
        }

        private mutating func change(_ id: String, _ rule: (inout Draft) throws -> Entry) throws {
            var draft = Draft(organization, Self.stamp(id))
            let entry = try rule(&draft)
            organization = draft.finish().organization
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
                    let bytes = try PageCache().body(
                        of: page,
                        .messagingSetting,
                        in: organization,
                        path: path,
                        budget: .max
                    )
                    #expect(
                        bytes?.bytes == joined(page, path),
                        "\(page)",
                        sourceLocation: sourceLocation
                    )
                }
            }
        }

        /// Returns a page of 25.
        func page(_ number: Int, in cache: PageCache) throws -> ResponseBody {
            let page = try Paging(pageSize: 25, pageNumber: number)
            let path = PageBytesTests.path
            let bytes = try cache.body(of: page, .messagingSetting, in: organization, path: path, budget: .max)
            return try #require(bytes)
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

extension ResponseBody {
    /// Whether both have their bytes in the same memory. A page that is made only when it is sent has none.
    fileprivate func isSameMemory(as other: ResponseBody) -> Bool {
        guard case .page(let own) = self, case .page(let others) = other else { return false }
        return own.withUnsafeReadableBytes { one in
            others.withUnsafeReadableBytes { one.baseAddress == $0.baseAddress }
        }
    }
}
