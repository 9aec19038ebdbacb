using VectorData.ConformanceTests;

namespace Simile.VectorData.Conformance;

/// <summary>Every base of the suite is derived: none is ignored.</summary>
public class SuiteTests : TestSuiteImplementationTests
{
    protected override ICollection<Type> IgnoredTestBases => [];
}
