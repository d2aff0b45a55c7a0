/// The release of this source, which the server and the SDK share.
package enum Release {
    /// The version: the number of the release, or `unreleased` between releases.
    package static let version = "unreleased"
}
