using Simile.Numerics;

namespace Simile.Index.Tests;

public class FlatRandomOperationsTests : RandomOperations
{
    protected override double LeastRecall => 1;

    protected override VectorIndex Create(Metric metric, int dimensions) => new FlatIndex(metric, dimensions);
}
