import MessagingFiles

/// The text of a person between the editor and the host, in a private file. The file stays until it is removed, so that no failure loses the
/// text.
struct Draft {
    private var directory: PrivateDirectory?
    /// Whether the person has written something.
    private var isEdited = false

    /// Lets a person edit a text, and returns the new one. A file of an earlier text is removed as soon as the new one has a file.
    mutating func edit(_ text: [UInt8], fileName: String) throws(Failure) -> [UInt8] {
        let new = try PrivateDirectory(fileName: fileName, text)
        directory?.remove()
        directory = new
        let wasEdited = isEdited
        defer { isEdited = wasEdited || new.differs(from: text) }
        try Editor().edit(new.file) {
            if !wasEdited, !new.differs(from: text) { new.remove() }
        }
        return try new.bytes()
    }

    /// Returns the path of the file if the person has written something. Removes the file otherwise.
    mutating func kept() -> String? {
        guard let directory, isEdited else {
            remove()
            return nil
        }
        return directory.file
    }

    /// Removes the file.
    mutating func remove() {
        directory?.remove()
        directory = nil
    }
}
