extension JSON {
    /// Finds where the values of a document's members stand in its bytes, for copying them elsewhere as they are.
    ///
    /// - Returns: The names with the places of their values, in order; none when the document is no object.
    /// - Throws: The first thing that is wrong and where.
    package static func memberRanges(of bytes: [UInt8]) throws(SyntaxError) -> [(name: String, value: Range<Int>)] {
        try bytes.withUnsafeBufferPointer { bytes throws(SyntaxError) in
            var parser = Parser(depthLeft: 64)
            return try parser.document(bytes.span) { (parser) throws(SyntaxError) in
                try parser.memberRanges(bytes.span)
            }
        }
    }
}
