using VectorData.ConformanceTests.ModelTests;
using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

public class SimileNoVectorModelTests(SimileNoVectorModelTests.Fixture fixture)
    : NoVectorModelTests<int>(fixture), IClassFixture<SimileNoVectorModelTests.Fixture>
{
    public new class Fixture : NoVectorModelTests<int>.Fixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
