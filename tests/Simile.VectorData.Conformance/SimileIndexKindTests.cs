using VectorData.ConformanceTests;
using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

public class SimileIndexKindTests(SimileIndexKindTests.Fixture fixture)
    : IndexKindTests<int>(fixture), IClassFixture<SimileIndexKindTests.Fixture>
{
    public new class Fixture : IndexKindTests<int>.Fixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
