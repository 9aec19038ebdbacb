using VectorData.ConformanceTests.ModelTests;
using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

public class SimileBasicModelTests(SimileBasicModelTests.Fixture fixture)
    : BasicModelTests<int>(fixture), IClassFixture<SimileBasicModelTests.Fixture>
{
    public new class Fixture : BasicModelTests<int>.Fixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
