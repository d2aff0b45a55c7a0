import Foundation

/// The terminal: lines are written at once, also when the output is a file or a pipe.
enum Terminal {
    static func print(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

    static func fail(_ line: String) { FileHandle.standardError.write(Data("messaging-server: \(line)\n".utf8)) }
}
