using Simile.Numerics;

namespace Simile.Index.Tests.Hnsw;

public class HnswRandomOperationsTests : RandomOperations
{
    protected override VectorIndex Create(Metric metric, int dimensions) => new HnswIndex(metric, dimensions, new HnswOptions { M = 8 });
}

public class HnswWithCodesRandomOperationsTests : RandomOperations
{
    protected override VectorIndex Create(Metric metric, int dimensions) =>
        new HnswIndex(metric, dimensions, new HnswOptions { M = 8, CodesFrom = 40, CodeDimensions = 4 });
}
