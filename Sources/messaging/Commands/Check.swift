import MessagingFiles
import MessagingSDK

/// One check of `messaging doctor`.
struct Check {
    /// A result of a check.
    enum Result: String {
        /// Everything is as it should be.
        case ok
        /// Something is unusual.
        case warning
        /// Commands will fail.
        case failed
    }

    /// The name of what was checked.
    let name: String
    /// The result.
    let result: Result
    /// What was found.
    let detail: String
    /// The exit code that the check calls for.
    var exit = Exit.success

    /// Creates a check with this result.
    init(_ name: String, _ result: Result, _ detail: String) {
        self.name = name
        self.result = result
        self.detail = detail
    }

    /// Creates the check that a failed call decides.
    init(_ name: String, _ failure: Failure) {
        self.init(name, .failed, failure.next.map { "\(failure.message). \($0)" } ?? failure.message)
        exit = failure.exit
    }

    /// The check as an object.
    var json: JSON { ["check": .string(name), "result": .string(result.rawValue), "detail": .string(detail)] }
}
