using VectorData.ConformanceTests;
using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

public class SimileFilterTests(SimileFilterTests.Fixture fixture) : FilterTests<int>(fixture), IClassFixture<SimileFilterTests.Fixture>
{
    public new class Fixture : FilterTests<int>.Fixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
