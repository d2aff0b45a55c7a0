import Testing

/// What stands between the network and the rules, over real sockets; one test at a time, since some of them need much of the machine.
@Suite(.serialized, .generousLimit) enum Edge {}
