using VectorData.ConformanceTests.Support;
using VectorData.ConformanceTests.TypeTests;

namespace Simile.VectorData.Conformance;

public class SimileDataTypeTests(SimileDataTypeTests.Fixture fixture)
    : DataTypeTests<int, DataTypeTests<int>.DefaultRecord>(fixture), IClassFixture<SimileDataTypeTests.Fixture>
{
    public new class Fixture : DataTypeTests<int, DataTypeTests<int>.DefaultRecord>.Fixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
