using System.Numerics.Tensors;
using Simile.Numerics;

namespace Simile.Models.Words;

/// <summary>
/// A sparse matrix in CSR format: the numbers of row i are <c>Values[Starts[i]..Starts[i + 1]]</c>, and <c>Columns</c> holds their columns.
/// </summary>
/// <remarks>Safe for concurrent readers.</remarks>
internal sealed class SparseRows
{
    private const int RowsAtOnce = 256;

    /// <param name="rows">For each row its columns, ascending, with their numbers.</param>
    /// <param name="width">Number of columns.</param>
    public SparseRows(IEnumerable<IReadOnlyList<(int Column, float Value)>> rows, int width)
    {
        var (starts, columns, values) = (new List<int> { 0 }, new List<int>(), new List<float>());
        foreach (var row in rows)
        {
            foreach (var (column, value) in row)
            {
                columns.Add(column);
                values.Add(value);
            }

            starts.Add(columns.Count);
        }

        (Starts, Columns, Values, Width) = ([.. starts], [.. columns], [.. values], width);
    }

    private SparseRows(int[] starts, int[] columns, float[] values, int width) =>
        (Starts, Columns, Values, Width) = (starts, columns, values, width);

    public int[] Starts { get; }

    public int[] Columns { get; }

    public float[] Values { get; }

    public int Width { get; }

    public int Count => Starts.Length - 1;

    /// <summary>The transposed matrix.</summary>
    public SparseRows Transpose()
    {
        var starts = new int[Width + 1];
        foreach (var column in Columns)
        {
            starts[column + 1]++;
        }

        for (var i = 0; i < Width; i++)
        {
            starts[i + 1] += starts[i];
        }

        var (columns, values, next) = (new int[Columns.Length], new float[Columns.Length], starts[..^1]);
        for (var row = 0; row < Count; row++)
        {
            for (var at = Starts[row]; at < Starts[row + 1]; at++)
            {
                var to = next[Columns[at]]++;
                (columns[to], values[to]) = (row, Values[at]);
            }
        }

        return new SparseRows(starts, columns, values, Count);
    }

    /// <summary>
    /// This matrix times a dense one that has as many rows as this one has columns. The rows are computed in parallel; the result does not
    /// depend on the number of threads.
    /// </summary>
    public VectorMatrix Times(VectorMatrix dense, CancellationToken cancellationToken)
    {
        var product = new VectorMatrix(Count, dense.Dimensions);
        EachCore.Run((Count + RowsAtOnce - 1) / RowsAtOnce, part =>
        {
            for (var row = part * RowsAtOnce; row < Math.Min(Count, (part + 1) * RowsAtOnce); row++)
            {
                var sum = product[row];
                for (var at = Starts[row]; at < Starts[row + 1]; at++)
                {
                    TensorPrimitives.MultiplyAdd(dense[Columns[at]], Values[at], sum, sum);
                }
            }
        }, cancellationToken);
        return product;
    }
}
