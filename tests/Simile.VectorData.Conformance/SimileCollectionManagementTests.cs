using VectorData.ConformanceTests;
using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

public class SimileCollectionManagementTests(SimileCollectionManagementTests.Fixture fixture)
    : CollectionManagementTests<int>(fixture), IClassFixture<SimileCollectionManagementTests.Fixture>
{
    public class Fixture : VectorStoreFixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
