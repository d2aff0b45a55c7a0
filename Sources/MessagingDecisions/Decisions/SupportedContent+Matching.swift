public import MessagingContract

extension SupportedContent {
    /// Returns the entry that lets a medium of this type pass in this direction; nil when it is blocked, as everything is by a profile
    /// without `mediaTypes`. See ``MediaTypes/entry(for:_:)``.
    public func entry(for mediaType: String, _ direction: MessageDirection) -> MediaType? {
        mediaTypes?.entry(for: mediaType, direction)
    }
}
