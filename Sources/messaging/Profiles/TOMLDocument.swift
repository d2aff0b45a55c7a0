/// A document in a subset of TOML: tables of strings, booleans and integers. The letter case of keys does not count.
struct TOMLDocument: Equatable {
    /// A value of a key.
    enum Value: Equatable {
        /// A basic or a literal string.
        case string(String)
        /// `true` or `false`.
        case boolean(Bool)
        /// A decimal integer.
        case integer(Int)
    }

    /// A table with its keys in lower case.
    struct Table: Equatable {
        /// The name as it is written; empty for the keys before the first table.
        let name: String
        /// The values by their keys.
        var values: [String: Value] = [:]
    }

    /// The reason why a text is no such document. It never quotes the text, which may have secrets.
    struct Fault: Error, Equatable {
        /// What is wrong.
        let reason: String
        /// The line, from 1.
        let line: Int
    }

    /// The tables in their order.
    private(set) var tables = [Table(name: "")]

    /// Reads a document. Throws a fault for anything outside the subset, and for a table or a key that is there twice.
    init(_ text: String) throws(Fault) {
        var names: Set<String> = []
        var number = 0
        for line in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            var scanner = TOMLScanner(line.last == "\r" ? line.dropLast() : line)
            do throws(TOMLScanner.Refusal) {
                switch try scanner.statement() {
                case nil: break
                case .table(let name)?:
                    guard names.insert(name.lowercased()).inserted else {
                        throw TOMLScanner.Refusal("a table is there twice")
                    }
                    tables.append(Table(name: name))
                case .value(let key, let value)?:
                    guard tables[tables.count - 1].values.updateValue(value, forKey: key.lowercased()) == nil else {
                        throw TOMLScanner.Refusal("a key is there twice")
                    }
                }
            } catch {
                throw Fault(reason: error.reason, line: number)
            }
        }
    }
}
