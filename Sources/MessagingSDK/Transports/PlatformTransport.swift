/// The transport of a client that is created without one: over AsyncHTTPClient on Linux, over URLSession elsewhere. A transport of your own
/// can wrap it.
#if os(Linux)
    public typealias PlatformTransport = AsyncHTTPClientTransport
#else
    public typealias PlatformTransport = URLSessionTransport
#endif
