using VectorData.ConformanceTests.TypeTests;
using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

public class SimileEmbeddingTypeTests(SimileEmbeddingTypeTests.Fixture fixture)
    : EmbeddingTypeTests<int>(fixture), IClassFixture<SimileEmbeddingTypeTests.Fixture>
{
    public new class Fixture : EmbeddingTypeTests<int>.Fixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
