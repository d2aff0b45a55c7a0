import Testing

/// The layers between the network and the rules, over real sockets. One test runs at a time, since some of them need much of the machine.
@Suite(.serialized, .generousLimit) enum Edge {}
