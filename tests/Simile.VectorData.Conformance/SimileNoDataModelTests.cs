using VectorData.ConformanceTests.ModelTests;
using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

public class SimileNoDataModelTests(SimileNoDataModelTests.Fixture fixture)
    : NoDataModelTests<int>(fixture), IClassFixture<SimileNoDataModelTests.Fixture>
{
    public new class Fixture : NoDataModelTests<int>.Fixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
