import Logging
import MessagingSQLite
import MessagingServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file in PEM, read under the rule for certificates or for private keys.
struct CertificateFile {
    let path: String
    let isKey: Bool

    /// The number of bytes that are read. A longer file is truncated, and is then not valid PEM.
    private static let longest = 1 << 20

    /// Reads the file. Throws the rest of a line that names the file. Logs a warning if the group of a private key may read it.
    func read(_ logger: Logger) throws(TLSFileError) -> [UInt8] {
        let rule = isKey ? FileRule.key : FileRule.certificate
        do {
            let file = try rule.open(path, O_RDONLY)
            if let warning = rule.warning(file) {
                logger.warning(
                    "Read a private key that other users have access to",
                    metadata: ["path": "\(path)", "cause": "\(warning)"]
                )
            }
            return try file.read(at: 0, count: Self.longest)
        } catch {
            throw TLSFileError("\(error)")
        }
    }
}
