import MessagingContract
import Randomness

extension FuzzRequest {
    mutating func mutateBody(_ random: inout SplitMix) {
        if let json = try? JSON(parsing: body), random.number(below: 8) > 0 {
            var document = FuzzJSON(json)
            for _ in 0...random.number(below: 3) { document.mutate(&random) }
            body = document.bytes
        } else if body.isEmpty {
            body = FuzzJSON(random.json(depth: 3)).bytes
        } else {
            switch random.number(below: 6) {
            case 0: body = [0xEF, 0xBB, 0xBF] + body
            case 1: body = body.flatMap { [$0, 0] }
            case 2: body.removeLast(1 + random.number(below: body.count))
            case 3: body += random.pick(["}", "x", "{}", "\0", "\r\n", ","]).utf8
            default: FuzzBytes.mutate(&body, with: body, &random)
            }
        }
    }
}
