import Foundation
import GRDB
import MessagingCore

/// Columns by position, with exactly the declared type of the table. Any other type is ``StoreError/corrupt(cause:)``.
extension Row {
    func integer(_ index: Int) throws(StoreError) -> Int64 {
        guard case .int64(let value) = storage(index) else { throw .mismatch(index) }
        return value
    }

    func text(_ index: Int) throws(StoreError) -> String {
        guard case .string(let value) = storage(index) else { throw .mismatch(index) }
        return value
    }

    func optionalText(_ index: Int) throws(StoreError) -> String? {
        if case .null = storage(index) { return nil }
        return try text(index)
    }

    func bytes(_ index: Int) throws(StoreError) -> [UInt8] {
        guard case .blob(let value) = storage(index) else { throw .mismatch(index) }
        return [UInt8](value)
    }

    func optionalBytes(_ index: Int) throws(StoreError) -> [UInt8]? {
        if case .null = storage(index) { return nil }
        return try bytes(index)
    }

    private func storage(_ index: Int) -> DatabaseValue.Storage {
        let value: DatabaseValue = self[index]
        return value.storage
    }
}

extension StoreError {
    /// Returns the error for a column that does not have the declared type.
    static func mismatch(_ column: some BinaryInteger) -> StoreError {
        .corrupt(cause: "a stored column has a wrong type (column \(column))")
    }
}
