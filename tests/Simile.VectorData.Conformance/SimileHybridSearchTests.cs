using VectorData.ConformanceTests;
using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

public class SimileHybridSearchTests(
    SimileHybridSearchTests.VectorAndStringFixture vectorAndStringFixture, SimileHybridSearchTests.MultiTextFixture multiTextFixture)
    : HybridSearchTests<int>(vectorAndStringFixture, multiTextFixture),
        IClassFixture<SimileHybridSearchTests.VectorAndStringFixture>,
        IClassFixture<SimileHybridSearchTests.MultiTextFixture>
{
    public new class VectorAndStringFixture : HybridSearchTests<int>.VectorAndStringFixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }

    public new class MultiTextFixture : HybridSearchTests<int>.MultiTextFixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
