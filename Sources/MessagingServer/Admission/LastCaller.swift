import MessagingCore

/// The last caller of a connection, and where its requests are counted. The next request of the same caller needs no look-up.
struct LastCaller {
    var token = LastToken()
    var rate: RateLimiter.Place?
}
