extension JSON {
    /// Finds the places of the members' values in the bytes of a document, so that they can be copied unchanged.
    ///
    /// - Returns: The names with the places of their values, in order; empty if the document is not an object.
    /// - Throws: The first error and its place.
    package static func memberRanges(of bytes: [UInt8]) throws(SyntaxError) -> [(name: String, value: Range<Int>)] {
        try bytes.withUnsafeBufferPointer { bytes throws(SyntaxError) in
            var parser = Parser(depthLeft: 64)
            return try parser.document(bytes.span) { (parser) throws(SyntaxError) in
                try parser.memberRanges(bytes.span)
            }
        }
    }
}
