/// The release that this is, of the server and of the SDK alike.
package enum Release {
    /// Its version; a release has its number here.
    package static let version = "unreleased"
}
