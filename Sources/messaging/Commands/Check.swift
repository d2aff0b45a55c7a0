import MessagingFiles
import MessagingSDK

/// One check of `messaging doctor`.
struct Check {
    /// A result of a check.
    enum Result: String {
        /// Everything is as it should be.
        case ok
        /// Something is unusual, and other commands succeed.
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
    let exit: Exit

    /// Creates a check that has not failed.
    init(_ name: String, _ result: Result, _ detail: String) {
        self.init(name, result, detail, exit: .success)
    }

    /// Creates the failed check that a failure decides.
    init(_ name: String, _ failure: Failure) {
        let next = failure.withoutDoctor.next
        self.init(name, .failed, next.map { "\(failure.message). \($0)" } ?? failure.message, exit: failure.exit)
    }

    /// Creates the failed check that a failed call decides. If a permission is missing, the detail only names it.
    init(_ name: String, _ error: MessagingError) {
        let failure = Failure(error)
        guard let missing = error.missingPermissions else {
            self.init(name, failure)
            return
        }
        self.init(name, .failed, missing, exit: failure.exit)
    }

    /// Creates the check that an error of any type decides.
    init(_ name: String, _ error: any Error) {
        switch error {
        case let error as MessagingError: self.init(name, error)
        case let failure as Failure: self.init(name, failure)
        default: self.init(name, Failure(.failed, "failed", "\(error)"))
        }
    }

    private init(_ name: String, _ result: Result, _ detail: String, exit: Exit) {
        self.name = name
        self.result = result
        self.detail = detail
        self.exit = exit
    }

    /// The check as an object.
    var json: JSON { ["check": .string(name), "result": .string(result.rawValue), "detail": .string(detail)] }
}
