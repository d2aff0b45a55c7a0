public import MessagingContract

extension SupportedContent {
    /// Returns the entry that allows this media type in this direction, or nil if it is blocked. A profile without `mediaTypes` blocks
    /// every type. See ``MediaTypes/entry(for:_:)``.
    public func entry(for mediaType: String, _ direction: MessageDirection) -> MediaType? {
        mediaTypes?.entry(for: mediaType, direction)
    }
}
