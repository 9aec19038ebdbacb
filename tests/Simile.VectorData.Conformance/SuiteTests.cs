using VectorData.ConformanceTests;

namespace Simile.VectorData.Conformance;

/// <summary>Fails if an abstract test class of the suite has no derived class here. No class is exempt.</summary>
public class SuiteTests : TestSuiteImplementationTests
{
    protected override ICollection<Type> IgnoredTestBases => [];
}
