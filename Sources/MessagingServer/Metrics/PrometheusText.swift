import MessagingCore

/// A text in the format of Prometheus, version 0.0.4. Names and labels come only from the server and need no escapes.
struct PrometheusText {
    typealias Labels = KeyValuePairs<String, String>

    private(set) var text = ""

    /// Begins a metric. Its samples follow.
    mutating func begin(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// Writes a sample of the metric that was begun.
    mutating func sample(_ name: String, _ labels: Labels, _ value: some CustomStringConvertible) {
        let list = labels.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
        text += "\(name)\(list.isEmpty ? "" : "{\(list)}") \(value)\n"
    }

    /// Writes a counter with one value.
    mutating func counter(_ name: String, _ help: String, _ value: Int) {
        begin(name, "counter", help)
        sample(name, [:], value)
    }

    /// Writes a gauge with one value.
    mutating func gauge(_ name: String, _ help: String, _ value: some CustomStringConvertible) {
        begin(name, "gauge", help)
        sample(name, [:], value)
    }

    /// Writes the samples of a histogram for the metric that was begun.
    mutating func histogram(_ name: String, _ histogram: Histogram, operation: String? = nil) {
        var total = 0
        let bounds = histogram.bounds.map(\.description) + ["+Inf"]
        for (bound, count) in zip(bounds, histogram.counts) {
            total += count
            if let operation {
                sample("\(name)_bucket", ["operation": operation, "le": bound], total)
            } else {
                sample("\(name)_bucket", ["le": bound], total)
            }
        }
        let labels: Labels = if let operation { ["operation": operation] } else { [:] }
        sample("\(name)_sum", labels, histogram.sum)
        sample("\(name)_count", labels, total)
    }
}
