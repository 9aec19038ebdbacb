using VectorData.ConformanceTests;
using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

public class SimileDistanceFunctionTests(SimileDistanceFunctionTests.Fixture fixture)
    : DistanceFunctionTests<int>(fixture), IClassFixture<SimileDistanceFunctionTests.Fixture>
{
    public new class Fixture : DistanceFunctionTests<int>.Fixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
