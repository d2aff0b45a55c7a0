import Foundation

/// The paths of directories and of files in HCL, for a person who types one.
enum ConfigurationPaths {
    /// Returns the paths that continue this one by a name, in order. Those of directories end with a slash. A name that begins with a dot is
    /// there only if the person has begun it.
    static func beginning(_ typed: String) -> [String] {
        let folder = typed.lastIndex(of: "/").map { String(typed[...$0]) } ?? ""
        let start = typed.dropFirst(folder.count)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return names.filter { $0.hasPrefix(start) && (!$0.hasPrefix(".") || start.hasPrefix(".")) }.sorted().compactMap
        { name in
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder + name, isDirectory: &isDirectory) else { return nil }
            if isDirectory.boolValue { return "\(folder)\(name)/" }
            return name.hasSuffix(".tf") ? folder + name : nil
        }
    }
}
