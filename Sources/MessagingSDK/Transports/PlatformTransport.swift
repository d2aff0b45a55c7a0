/// The transport that a client has unless it is given one: AsyncHTTPClient's on Linux, URLSession's elsewhere. For transports of your own
/// that do something before or after it.
#if os(Linux)
    public typealias PlatformTransport = AsyncHTTPClientTransport
#else
    public typealias PlatformTransport = URLSessionTransport
#endif
