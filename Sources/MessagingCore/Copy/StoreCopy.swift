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
        var digest = CopyDigest()
        for table in CopiedTable.all {
            var last: CopiedRow?
            while true {
                let rows = try Self.inSource { () throws(StoreError) in try source.rows(of: table, after: last) }
                let next = rows.last.map { CopiedRow($0.prefix(table.keyLength)) }
                try Self.inTarget { () throws(StoreError) in
                    let present = try target.rows(of: table, after: last)
                    if rows.isEmpty ? !present.isEmpty : !present.starts(with: rows) {
                        try target.replace(table, after: last, through: next, with: rows)
                    }
                }
                digest.add(rows, of: table)
                report.add(rows, of: table)
                progress(CopyProgress(step: .copying, done: report.rowCount, total: max(total, report.rowCount)))
                guard let next else { break }
                last = next
            }
        }
        return digest.text
    }

    private func digestOfTarget() throws(StoreError) -> String {
        var digest = CopyDigest()
        var done = 0
        for table in CopiedTable.all {
            var last: CopiedRow?
            while true {
                let rows = try Self.inTarget { () throws(StoreError) in try target.rows(of: table, after: last) }
                digest.add(rows, of: table)
                done += rows.count
                progress(CopyProgress(step: .checking, done: done, total: max(done, report.rowCount)))
                guard let row = rows.last else { break }
                last = CopiedRow(row.prefix(table.keyLength))
            }
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
