namespace Simile.Numerics.Kernels;

/// <summary>
/// The definition of a matrix product: the slow twin that <see cref="BlockedProduct{TLanes, TVector}"/> is tested against.
/// </summary>
internal static class ScalarProduct
{
    public static void Run(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> result, ProductShape shape)
    {
        result.Clear();
        for (var i = 0; i < shape.Rows; i++)
        {
            var row = result.Slice(i * shape.Columns, shape.Columns);
            for (var k = 0; k < shape.Inner; k++)
            {
                var factor = a[i * shape.ARow + k * shape.AColumn];
                for (var j = 0; j < row.Length; j++)
                {
                    row[j] += factor * b[k * shape.BRow + j * shape.BColumn];
                }
            }
        }
    }
}
