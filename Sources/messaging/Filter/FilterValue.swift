import Foundation
import MessagingFiles
import MessagingSDK

/// A value that a filter compares with the values of objects.
struct FilterValue: Equatable {
    /// The text.
    let text: String
    /// The number that the text is; nil if it is none.
    let number: Double?
    /// The date that the text is; nil if it is none.
    let date: Date?

    /// Creates the value of a text.
    init(_ text: String) {
        self.text = text
        number = Self.number(text)
        date = Self.date(text)
    }

    /// Returns whether a value of an object is this one: a number by its size, a date by its moment, any other value by its text. A missing
    /// value is an empty text.
    func isEqual(to value: JSON) -> Bool {
        if let other = value.number?.double, let number { return other == number }
        if let date, let other = value.string.flatMap(Self.date) { return other == date }
        return value.cell.isExactly(text)
    }

    /// Returns whether a value of an object is less or greater than this one: -1, 0 or 1; nil for a missing value. Two numbers, or texts that
    /// are numbers, are compared by size, two dates by time, and all others by their characters.
    func order(of value: JSON) -> Int? {
        if value.isNull { return nil }
        let cell = value.cell
        if let number, let other = Self.number(cell) { return Self.order(other, number) }
        if let date, let other = Self.date(cell) { return Self.order(other, date) }
        return Self.order(Array(cell.unicodeScalars.map(\.value)), Array(text.unicodeScalars.map(\.value)))
    }

    private static func order<Value: Comparable>(_ one: Value, _ other: Value) -> Int {
        one < other ? -1 : one == other ? 0 : 1
    }

    private static func order(_ one: [UInt32], _ other: [UInt32]) -> Int {
        one.lexicographicallyPrecedes(other) ? -1 : one == other ? 0 : 1
    }

    private static func number(_ text: String) -> Double? {
        guard let number = (try? JSON(parsing: Array(text.utf8)))?.number else { return nil }
        return number.double
    }

    /// Reads an ISO 8601 date with or without a time. A date without a time is its first moment in UTC.
    private static func date(_ text: String) -> Date? { Date(wire: text) ?? Date(wire: "\(text)T00:00:00Z") }
}
