import MessagingContract

/// The file kinds of the tables. The texts of the tables are parsed once, at the first use.
enum FileKindTable {
    private static let reading = FileKindReading()
    private static let kinds = reading.kinds
    private static let extensions = ExtensionTable(reading.extensions.map { ($0, kinds[$1]) })
    private static let signatureIndex = SignatureIndex(
        reading.signatures.compactMap { Signature($0, kind: kinds[$1]) }
    )

    /// Returns the kind of a media type, which may have parameters. A media type that is not in the tables gets the format that its name
    /// implies.
    static func kind(ofMediaType mediaType: String) -> KnownKind {
        let essence = MediaType.essence(of: mediaType)
        let name = essence.lowercased()
        if let number = reading.numbers[name] { return kinds[number] }
        let form = FileKindReading.form(ofName: name).flatMap { reading.numbers[$0] }.map { kinds[$0] }
        return KnownKind(
            mediaType: essence,
            name: name,
            number: nil,
            forms: form?.forms ?? [],
            isRecognized: form?.isRecognized ?? false,
            isText: form?.isText ?? false
        )
    }

    /// Returns the kind that a file's name indicates, or nil if there is none.
    static func kind(ofFilename filename: String) -> KnownKind? {
        filename.withBytes { extensions.kind(of: $0) }
    }

    /// Returns the kind that a file's first bytes indicate, or nil if there is none.
    static func kind(ofFirstBytes bytes: [UInt8]) -> KnownKind? {
        bytes.withUnsafeBufferPointer { signatureIndex.kind(of: $0) }
    }
}
