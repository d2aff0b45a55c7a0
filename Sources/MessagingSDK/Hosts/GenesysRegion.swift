/// A region of Genesys Cloud. Its raw value is the name of its AWS region. The list is that of the vendor's Python SDK 269.0.0.
public enum GenesysRegion: String, Sendable, CaseIterable {
    /// US East (Virginia).
    case usEast1 = "us-east-1"
    /// US East 2, for the government of the US.
    case usEast2 = "us-east-2"
    /// US West (Oregon).
    case usWest2 = "us-west-2"
    /// Canada (Montreal).
    case caCentral1 = "ca-central-1"
    /// Mexico (Querétaro).
    case mxCentral1 = "mx-central-1"
    /// South America (São Paulo).
    case saEast1 = "sa-east-1"
    /// Europe (Ireland).
    case euWest1 = "eu-west-1"
    /// Europe (London).
    case euWest2 = "eu-west-2"
    /// Europe (Frankfurt).
    case euCentral1 = "eu-central-1"
    /// Europe (Zurich).
    case euCentral2 = "eu-central-2"
    /// European Sovereign Cloud (Brandenburg).
    case euscDeEast1 = "eusc-de-east-1"
    /// Middle East (United Arab Emirates).
    case meCentral1 = "me-central-1"
    /// Asia Pacific (Mumbai).
    case apSouth1 = "ap-south-1"
    /// Asia Pacific (Tokyo).
    case apNortheast1 = "ap-northeast-1"
    /// Asia Pacific (Seoul).
    case apNortheast2 = "ap-northeast-2"
    /// Asia Pacific (Osaka).
    case apNortheast3 = "ap-northeast-3"
    /// Asia Pacific (Singapore).
    case apSoutheast1 = "ap-southeast-1"
    /// Asia Pacific (Sydney).
    case apSoutheast2 = "ap-southeast-2"

    /// The domain of the region: the API is at `api.` below it, the login at `login.`.
    public var domain: String {
        switch self {
        case .usEast1: "mypurecloud.com"
        case .usEast2: "use2.us-gov-pure.cloud"
        case .usWest2: "usw2.pure.cloud"
        case .caCentral1: "cac1.pure.cloud"
        case .mxCentral1: "mxc1.pure.cloud"
        case .saEast1: "sae1.pure.cloud"
        case .euWest1: "mypurecloud.ie"
        case .euWest2: "euw2.pure.cloud"
        case .euCentral1: "mypurecloud.de"
        case .euCentral2: "euc2.pure.cloud"
        case .euscDeEast1: "edee1.eusc-pure.cloud"
        case .meCentral1: "mec1.pure.cloud"
        case .apSouth1: "aps1.pure.cloud"
        case .apNortheast1: "mypurecloud.jp"
        case .apNortheast2: "apne2.pure.cloud"
        case .apNortheast3: "apne3.pure.cloud"
        case .apSoutheast1: "apse1.pure.cloud"
        case .apSoutheast2: "mypurecloud.com.au"
        }
    }
}
