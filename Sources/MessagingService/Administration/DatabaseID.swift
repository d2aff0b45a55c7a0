import Foundation

/// Which file a database is, in the numbers of the system: the same by whatever path it is named, in a container too.
struct DatabaseID {
    let text: String

    /// The file at a path; nil when there is none.
    init?(_ path: String) {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        text = "\(found.st_dev)-\(found.st_ino)"
    }
}
