using VectorData.ConformanceTests.ModelTests;
using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

public class SimileDynamicModelTests(SimileDynamicModelTests.Fixture fixture)
    : DynamicModelTests<int>(fixture), IClassFixture<SimileDynamicModelTests.Fixture>
{
    public new class Fixture : DynamicModelTests<int>.Fixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
