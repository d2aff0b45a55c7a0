/// The exit codes of the program. Scripts rely on their numbers.
package enum Exit: Int32, CaseIterable {
    /// The command did what it was asked for.
    case success = 0
    /// The command failed.
    case failed = 1
    /// The command found differences, and changed nothing.
    case differences = 2
    /// The person cancelled the command, or did not confirm it.
    case cancelled = 3
    /// The caller is not authenticated, or lacks a permission.
    case notPermitted = 4
    /// There is no such object, or its name belongs to several.
    case notFound = 5
    /// The arguments are wrong.
    case usage = 64
}
