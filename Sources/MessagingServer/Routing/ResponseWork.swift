/// How much work a response may be, in bytes that are decoded or encoded for it.
enum ResponseWork {
    /// What may be done where the request arrives: about a millisecond's work. More runs on the `WorkLane`.
    static let atOnce = 96 * 1_024
    /// A body that is read on the `WorkLane` from this size on.
    static let largeBody = 16 * 1_024
    /// The most bytes of the objects on a page; a larger page is refused.
    static let largestPage = 8 << 20
    /// Responses that may take megabytes while they are made, at a time: pages of histories, large pages of integrations and decisions on
    /// many attachments.
    static let largeAtATime = 8
    /// What an object costs beside its bytes when it is decoded and encoded again.
    static let object = 2_048
    /// What it costs to look whether an integration passes a filter.
    static let filtered = 32
    /// Copying this many bytes costs as much as decoding and encoding one.
    static let copied = 8
}
