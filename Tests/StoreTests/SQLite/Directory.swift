import Foundation
import Testing

/// What a directory holds, as far as a refusal may not change it.
struct Listing: Equatable, CustomStringConvertible {
    struct Item: Equatable {
        let modified: Date
        let content: Data?
    }

    let items: [String: Item]

    init(of directory: String) throws {
        var items: [String: Item] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
            let path = directory + "/" + name
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            items[name] = Item(
                modified: try #require(attributes[.modificationDate] as? Date),
                content: FileManager.default.contents(atPath: path)
            )
        }
        self.items = items
    }

    var description: String {
        items.map { "\($0) \($1.content?.count ?? -1) bytes, \($1.modified.timeIntervalSince1970)" }.sorted()
            .joined(separator: "\n")
    }
}

/// Runs a program to its end.
func run(_ program: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(program) \(arguments) failed")
}

/// The descriptors by which this process has a file open.
func descriptors(of path: String) throws -> [Int32] {
    var file = stat()
    try #require(stat(path, &file) == 0)
    return (0..<4_096).filter { descriptor in
        var open = stat()
        return fstat(descriptor, &open) == 0 && open.st_ino == file.st_ino && open.st_dev == file.st_dev
    }
}

/// Copies the files that a power cut or a kill at this moment would leave of an open database.
func copyWhileOpen(_ path: String, to copy: String) throws {
    for suffix in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
    }
}

func write(_ bytes: [UInt8], at offset: UInt64, of path: String) throws {
    let file = try #require(FileHandle(forUpdatingAtPath: path))
    try file.seek(toOffset: offset)
    try file.write(contentsOf: bytes)
    try file.close()
}

/// The names of the files in a directory, ascending, but for those of marks.
func names(in directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).filter { !$0.hasSuffix(".mark") }.sorted()
}
