/// A store that is copied, at one moment. Each of its calls blocks the calling thread.
public protocol CopySource {
    /// Returns the number of rows of a table.
    func count(of table: CopiedTable) throws(StoreError) -> Int

    /// Returns a page of the rows that follow a key, or of the first ones, in the order of the bytes of their keys. It has at most
    /// ``CopiedTable/rowsOfPage`` rows, and ends where it has ``CopiedTable/bytesOfPage``. Only after the last row it is empty.
    func rows(of table: CopiedTable, after key: CopiedRow?) throws(StoreError) -> [CopiedRow]

    /// Leaves the store. No other call follows.
    func end()
}

/// A store that becomes a copy. No server opens it before it is complete. Each of its calls blocks the calling thread.
public protocol CopyTarget {
    /// Returns a page of rows, as a source does.
    func rows(of table: CopiedTable, after key: CopiedRow?) throws(StoreError) -> [CopiedRow]

    /// Replaces the rows after a key up to another one by these. Without a first key the range begins with the first row, without a last one
    /// it ends with the last row. A kill leaves the range as it was or with all of the rows.
    func replace(
        _ table: CopiedTable,
        after first: CopiedRow?,
        through last: CopiedRow?,
        with rows: [CopiedRow]
    ) throws(StoreError)

    /// Makes the complete copy durable, and lets servers open it.
    func finish() throws(StoreError)
}
