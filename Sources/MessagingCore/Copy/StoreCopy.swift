/// The copy of a whole store to another one, page by page. The copy compares the rows of the target that an interrupted copy has written, and
/// keeps those that are right. So it goes on where the last one ended.
public struct StoreCopy {
    private let source: any CopySource
    private let target: any CopyTarget
    private let progress: (CopyProgress) -> Void
    private var report: CopyReport

    /// Makes a store equal to another one, compares all of both by a digest, and finishes the target.
    ///
    /// Takes memory for a few pages, whatever the size of the stores. `given` are the existing encryption keys. Blocks the calling thread.
    /// Throws ``StoreError/corrupt(cause:)`` if the digests differ, and every error of the stores, with the side in its cause. The target stays
    /// unfinished then.
    public static func run(
        from source: any CopySource,
        to target: any CopyTarget,
        given: SealingKeys?,
        progress: @escaping (CopyProgress) -> Void
    ) throws(StoreError) -> CopyReport {
        var copy = StoreCopy(source: source, target: target, progress: progress, report: CopyReport(given: given))
        let digest = try copy.copyTables()
        source.end()
        guard try copy.digestOfTarget() == digest else {
            throw .corrupt(cause: "the copy differs from its source")
        }
        try inTarget { () throws(StoreError) in try target.finish() }
        copy.report.digest = digest
        return copy.report
    }

    /// Copies the tables, and returns the digest of the source.
    private mutating func copyTables() throws(StoreError) -> String {
        var total = 0
        for table in CopiedTable.all {
            total += try Self.inSource { () throws(StoreError) in try source.count(of: table) }
        }
        return try Self.digest { (table, key) throws(StoreError) in
            try Self.inSource { () throws(StoreError) in try source.rows(of: table, after: key) }
        } forEachPage: { (page) throws(StoreError) in
            try Self.inTarget { () throws(StoreError) in try write(page) }
            report.add(page.rows, of: page.table)
            progress(CopyProgress(step: .copying, done: report.rowCount, total: max(total, report.rowCount)))
        }
    }

    /// Makes the target's rows from the start to the end of a page those of the page.
    private func write(_ page: Page) throws(StoreError) {
        let present = try target.rows(of: page.table, after: page.start)
        if page.rows.isEmpty ? present.isEmpty : present.starts(with: page.rows) { return }
        try target.replace(page.table, after: page.start, through: page.end, with: page.rows)
    }

    private func digestOfTarget() throws(StoreError) -> String {
        var done = 0
        return try Self.digest { (table, key) throws(StoreError) in
            try Self.inTarget { () throws(StoreError) in try target.rows(of: table, after: key) }
        } forEachPage: { page in
            done += page.rows.count
            progress(CopyProgress(step: .checking, done: done, total: max(done, report.rowCount)))
        }
    }

    /// Consecutive rows of a table. The last page of a table is empty.
    private struct Page {
        let table: CopiedTable
        /// The key before the first row; nil at the beginning of the table.
        let start: CopiedRow?
        let rows: [CopiedRow]

        /// The key of the last row; nil at the end of the table.
        var end: CopiedRow? { rows.last.map { CopiedRow($0.prefix(table.keyLength)) } }
    }

    /// Returns the digest of all rows of a store, which `read` returns page by page. Calls `body` with each page before it counts.
    private static func digest(
        of read: (_ table: CopiedTable, _ key: CopiedRow?) throws(StoreError) -> [CopiedRow],
        forEachPage body: (Page) throws(StoreError) -> Void
    ) throws(StoreError) -> String {
        var digest = CopyDigest()
        for table in CopiedTable.all {
            var key: CopiedRow?
            repeat {
                let page = Page(table: table, start: key, rows: try read(table, key))
                try body(page)
                digest.add(page.rows, of: table)
                key = page.end
            } while key != nil
        }
        return digest.text
    }

    private static func inSource<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        try named("the first database", body)
    }

    private static func inTarget<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        try named("the new database", body)
    }

    private static func named<Result>(
        _ side: String,
        _ body: () throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        do throws(StoreError) { return try body() } catch {
            switch error {
            case .unavailable(let cause): throw .unavailable(cause: "\(side): \(cause)")
            case .corrupt(let cause): throw .corrupt(cause: "\(side): \(cause)")
            }
        }
    }
}

/// The progress of a copy.
public struct CopyProgress: Hashable, Sendable {
    /// What a copy does.
    public enum Step: Hashable, Sendable {
        /// It makes the target equal to the source.
        case copying
        /// It reads the whole target again.
        case checking
    }

    /// What the copy does now.
    public let step: Step
    /// The number of rows of which that is done.
    public let done: Int
    /// The number of all rows.
    public let total: Int
}
