/// The limits and costs of work for a response, in bytes that are decoded or encoded.
enum ResponseWork {
    /// The largest work that may be done on the thread where the request arrives, about a millisecond. Larger work runs on the `WorkLane`.
    static let atOnce = 96 * 1_024
    /// The largest number of bytes in the objects of a page. A larger page is refused.
    static let largestPage = 8 << 20
    /// The number of responses that may be made at a time if each may take megabytes meanwhile: pages of histories, large pages of
    /// integrations and decisions on many attachments.
    static let largeAtATime = 8
    /// The cost of an object, in addition to its bytes, when it is decoded and encoded again.
    static let object = 2_048
    /// The cost of checking whether an integration passes a filter.
    static let filtered = 32
    /// The number of bytes whose copying costs as much as decoding and encoding one byte.
    static let copied = 8
}
