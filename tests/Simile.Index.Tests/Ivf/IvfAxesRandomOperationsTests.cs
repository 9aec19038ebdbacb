using Simile.Numerics;

namespace Simile.Index.Tests.Ivf;

/// <summary>Vectors of so many dimensions and so few different numbers are listed and coded along their leading axes.</summary>
public sealed class IvfAxesRandomOperationsTests : RandomOperations
{
    protected override int Dimensions => 160;

    protected override VectorIndex Create(Metric metric, int dimensions) =>
        new IvfIndex(metric, dimensions, new IvfOptions { TrainFrom = 100 }) { NProbe = 8 };
}
