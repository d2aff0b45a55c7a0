/// A region of Genesys Cloud, by the name of the AWS region that it is in. The list is that of the vendor's Python SDK 269.0.0.
public enum GenesysRegion: String, Sendable, CaseIterable {
    case usEast1 = "us-east-1"
    case usEast2 = "us-east-2"
    case usWest2 = "us-west-2"
    case caCentral1 = "ca-central-1"
    case mxCentral1 = "mx-central-1"
    case saEast1 = "sa-east-1"
    case euWest1 = "eu-west-1"
    case euWest2 = "eu-west-2"
    case euCentral1 = "eu-central-1"
    case euCentral2 = "eu-central-2"
    case euscDeEast1 = "eusc-de-east-1"
    case meCentral1 = "me-central-1"
    case apSouth1 = "ap-south-1"
    case apNortheast1 = "ap-northeast-1"
    case apNortheast2 = "ap-northeast-2"
    case apNortheast3 = "ap-northeast-3"
    case apSoutheast1 = "ap-southeast-1"
    case apSoutheast2 = "ap-southeast-2"

    /// The domain of the region: the API is at `api.` below it, tokens are issued at `login.` below it.
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
