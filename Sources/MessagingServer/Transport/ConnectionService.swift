/// What all connections of a listener have in common.
struct ConnectionService: Sendable {
    let responder: Responder
    let load: ServerLoad
    let limits: Limits
    /// The certificate; nil for connections without TLS.
    let tls: TLS?
    let date: DateField
    let executors: LoopExecutors
}
