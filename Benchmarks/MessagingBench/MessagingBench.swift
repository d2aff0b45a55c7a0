import ArgumentParser

/// The programs that `make bench` measures or measures with, one subcommand each.
@main
struct MessagingBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messaging-bench",
        abstract: "Servers, clients and data to measure messaging-server beside.",
        subcommands: [
            NIOServer.self, HummingbirdServer.self, StorelessServer.self, StoreLoad.self, StoreCalls.self,
            PacedLoad.self, SDKLoad.self,
            HTTPClientLoad.self, Seed.self, Micro.self,
        ]
    )
}
