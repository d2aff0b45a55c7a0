import MessagingContract

extension MediaType {
    /// The one concrete type that a text names, in lower case and without parameters and the white space around it; nil when it names
    /// none. Two texts with the same type are let pass by the same entries.
    package static func concrete(_ text: String) -> String? {
        text.utf8.withBytes { bytes in
            let type = bytes.essence
            guard type.slashOfConcreteType != nil else { return nil }
            return String(unsafeUninitializedCapacity: type.count) { lowered in
                for index in type.indices { lowered[index] = type[index].lowercaseASCII }
                return type.count
            }
        }
    }
}
