import Foundation

extension String {
    /// The path of a file that belongs to a database: beside the database itself, by whatever link that was named.
    static func beside(database: String, suffix: String) -> String {
        URL(fileURLWithPath: database).resolvingSymlinksInPath().path + suffix
    }
}
