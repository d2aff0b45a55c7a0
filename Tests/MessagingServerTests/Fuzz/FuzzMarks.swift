import Foundation

/// Records the mutants that are being sent, in a file that survives a crash.
struct FuzzMarks: Sendable {
    private static let width = 120
    private let file: FileHandle?
    private let offset: UInt64

    /// The marks of one of some workers, in the file that `FUZZ_MARKS` names.
    init(worker: Int) {
        let path = ProcessInfo.processInfo.environment["FUZZ_MARKS"]
        file = path.flatMap { FileHandle(forWritingAtPath: $0) }
        offset = UInt64(worker * Self.width)
    }

    func mark(_ mutants: [FuzzMutant]) {
        guard let file else { return }
        let text = "on the way: \(FuzzRun.command(mutants[...]))"
        let line = text.padding(toLength: Self.width - 1, withPad: " ", startingAt: 0) + "\n"
        try? file.seek(toOffset: offset)
        try? file.write(contentsOf: Data(line.utf8))
    }
}
