import Testing

/// What stands between the network and the rules, over real sockets; one test at a time, since most of them measure time.
@Suite(.serialized, .timeLimit(.minutes(1))) enum Edge {}
