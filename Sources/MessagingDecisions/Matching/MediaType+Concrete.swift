import MessagingContract

extension MediaType {
    /// Returns the concrete type that a text names, in lower case and without parameters and surrounding white space, or nil if it names
    /// none. The same entries allow all texts with the same concrete type.
    package static func concrete(_ text: String) -> String? {
        text.withBytes { bytes in
            let type = bytes.essence
            guard type.slashOfConcreteType != nil else { return nil }
            return String(unsafeUninitializedCapacity: type.count) { lowered in
                for index in type.indices { lowered[index] = type[index].lowercaseASCII }
                return type.count
            }
        }
    }
}
