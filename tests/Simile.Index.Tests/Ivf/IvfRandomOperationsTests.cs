using Simile.Numerics;

namespace Simile.Index.Tests.Ivf;

public sealed class IvfRandomOperationsTests : RandomOperations
{
    protected override VectorIndex Create(Metric metric, int dimensions) =>
        new IvfIndex(metric, dimensions, new IvfOptions { TrainFrom = 100 }) { NProbe = 8 };
}
