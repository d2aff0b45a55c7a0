import MessagingCore

/// All metrics that the server exposes to Prometheus, read when they are requested.
struct MetricsReport: Sendable {
    let requests: RequestMetrics
    let load: ServerLoad
    let organizations: Organizations
    let identity: Identity
    let build: BuildInfo
    let process = ProcessMetrics()

    /// Returns the present values.
    func text() -> String {
        var text = PrometheusText()
        write(requests, to: &text)
        write(load, to: &text)
        write(organizations.statistics, to: &text)
        write(organizations.snapshotStatistics, to: &text)
        write(identity.statistics, to: &text)
        write(process, to: &text)
        write(build, to: &text)
        return text.text
    }

    private func write(_ requests: RequestMetrics, to text: inout PrometheusText) {
        let operations = requests.operations
        text.begin("messaging_requests_total", "counter", "Responses to requests.")
        for (name, counts) in operations {
            for (status, count) in counts.statuses.sorted(by: { $0.key < $1.key }) {
                text.sample("messaging_requests_total", ["operation": name, "status": "\(status)"], count)
            }
        }
        text.begin(
            "messaging_request_duration_seconds",
            "histogram",
            "Time from the head of a request to its response."
        )
        for (name, counts) in operations {
            text.histogram("messaging_request_duration_seconds", counts.seconds, operation: name)
        }
        text.begin("messaging_refusals_total", "counter", "Responses to input that did not become a request.")
        for (status, count) in requests.refusals.sorted(by: { $0.key < $1.key }) {
            text.sample("messaging_refusals_total", ["status": "\(status)"], count)
        }
    }

    private func write(_ load: ServerLoad, to text: inout PrometheusText) {
        text.gauge("messaging_connections_open", "Connections being served.", load.openConnections)
        text.counter(
            "messaging_connections_refused_total",
            "Connections refused because of the limit.",
            load.refusedConnections
        )
        text.gauge(
            "messaging_response_bytes_waiting",
            "Bytes of responses that wait for their clients to read.",
            load.unsent.bytes
        )
        text.counter(
            "messaging_responses_cut_total",
            "Connections cut because too many bytes of responses waited.",
            load.unsent.cuts
        )
        text.gauge("messaging_body_bytes", "Bytes of request bodies that are received or processed.", load.bodies.bytes)
        text.counter(
            "messaging_bodies_refused_total",
            "Request bodies refused because there was no memory for them.",
            load.bodies.refused
        )
    }

    private func write(_ commits: CommitStatistics, to text: inout PrometheusText) {
        text.begin("messaging_commits_total", "counter", "Commits by outcome.")
        for (outcome, count) in commits.outcomes.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            text.sample("messaging_commits_total", ["outcome": "\(outcome)"], count)
        }
        text.begin("messaging_commit_writes", "histogram", "Writes that shared a commit.")
        text.histogram("messaging_commit_writes", commits.writes)
        text.begin(
            "messaging_commit_duration_seconds",
            "histogram",
            "Time of a commit in the store, with its wait for the previous transaction."
        )
        text.histogram("messaging_commit_duration_seconds", commits.seconds)
        text.gauge("messaging_writes_waiting", "Writes that wait for their turn.", commits.waiting)
    }

    private func write(_ snapshots: SnapshotStatistics, to text: inout PrometheusText) {
        text.gauge("messaging_snapshots", "Organizations in memory.", snapshots.count)
        text.gauge("messaging_snapshot_bytes", "Estimated memory of the organizations in memory.", snapshots.bytes)
        text.counter(
            "messaging_snapshot_loads_total",
            "Organizations loaded from the store.",
            snapshots.loads
        )
        text.counter(
            "messaging_snapshot_large_loads_total",
            "Loads of an organization that takes more than half of --snapshot-memory.",
            snapshots.largeLoads
        )
        text.counter(
            "messaging_snapshot_evictions_total",
            "Organizations dropped from memory to make room for others.",
            snapshots.evictions
        )
    }

    private func write(_ tokens: TokenStatistics, to text: inout PrometheusText) {
        text.counter("messaging_tokens_issued_total", "Issued tokens.", tokens.issued)
        text.counter("messaging_token_cache_hits_total", "Token lookups that memory could answer.", tokens.hits)
        text.counter("messaging_token_cache_misses_total", "Token lookups that had to read the store.", tokens.misses)
    }

    private func write(_ process: ProcessMetrics, to text: inout PrometheusText) {
        text.gauge("process_start_time_seconds", "Start time of the process since 1970.", process.start)
        if let bytes = ProcessMetrics.residentBytes {
            text.gauge("process_resident_memory_bytes", "Resident memory of the process.", bytes)
        }
    }

    private func write(_ build: BuildInfo, to text: inout PrometheusText) {
        text.begin("messaging_build_info", "gauge", "The version and the parts of the build.")
        text.sample(
            "messaging_build_info",
            [
                "version": build.version, "commit": build.commit, "sqlite": build.sqlite,
                "configuration": BuildInfo.configuration,
            ],
            1
        )
    }
}
