using VectorData.ConformanceTests.Support;
using VectorData.ConformanceTests.TypeTests;

namespace Simile.VectorData.Conformance;

public class SimileKeyTypeTests(SimileKeyTypeTests.Fixture fixture) : KeyTypeTests(fixture), IClassFixture<SimileKeyTypeTests.Fixture>
{
    [Fact]
    public Task Int() => Test<int>(8);

    [Fact]
    public Task Long() => Test<long>(8L);

    [Fact]
    public Task Ulong() => Test<ulong>(8UL);

    [Fact]
    public Task String() => Test<string>("foo", "bar");

    public new class Fixture : KeyTypeTests.Fixture
    {
        public override TestStore TestStore => SimileTestStore.Instance;
    }
}
