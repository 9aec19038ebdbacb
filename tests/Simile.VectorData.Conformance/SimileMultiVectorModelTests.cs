using VectorData.ConformanceTests.ModelTests;
using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

public class SimileMultiVectorModelTests(SimileMultiVectorModelTests.Fixture fixture)
    : MultiVectorModelTests<int>(fixture), IClassFixture<SimileMultiVectorModelTests.Fixture>
{
    public new class Fixture : MultiVectorModelTests<int>.Fixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
