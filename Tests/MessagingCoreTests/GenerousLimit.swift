import Testing

extension Trait where Self == TimeLimitTrait {
    /// A limit that ends a test that hangs. No test of this target comes near it, even on a slow machine.
    static var generousLimit: Self { .timeLimit(.minutes(15)) }
}
