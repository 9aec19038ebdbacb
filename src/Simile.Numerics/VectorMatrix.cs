namespace Simile.Numerics;

/// <summary>
/// Vectors of one length, row-major in one block of memory: component j of vector i is <c>AsSpan()[i * Dimensions + j]</c>.
/// </summary>
/// <remarks>Safe for concurrent readers. A writer needs exclusive access. The memory is garbage-collected.</remarks>
public sealed class VectorMatrix
{
    private readonly Memory<float> _data;

    /// <summary>Makes a matrix of zeros.</summary>
    /// <param name="count">Number of vectors, at least 0.</param>
    /// <param name="dimensions">Components of each vector, at least 1.</param>
    /// <exception cref="ArgumentException">The matrix exceeds the largest array (about 2³¹ numbers).</exception>
    public VectorMatrix(int count, int dimensions)
        : this(Allocate(count, dimensions), dimensions)
    {
    }

    /// <summary>Wraps existing memory as a matrix, without a copy.</summary>
    /// <param name="data">Count × <paramref name="dimensions"/> numbers, row after row.</param>
    /// <param name="dimensions">Components of each vector, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// The length of <paramref name="data"/> is not a multiple of <paramref name="dimensions"/>.
    /// </exception>
    public VectorMatrix(Memory<float> data, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if (data.Length % dimensions != 0)
        {
            throw new ArgumentException($"{data.Length} numbers cannot be split into vectors of {dimensions} dimensions.", nameof(data));
        }

        _data = data;
        Dimensions = dimensions;
        Count = data.Length / dimensions;
    }

    /// <summary>Number of vectors (rows).</summary>
    public int Count { get; }

    /// <summary>Components of each vector (columns).</summary>
    public int Dimensions { get; }

    /// <summary>The vector in row <paramref name="row"/>: a view, not a copy.</summary>
    public Span<float> this[int row] => _data.Span.Slice(row * Dimensions, Dimensions);

    /// <summary>All components, row after row: a view, not a copy.</summary>
    public Span<float> AsSpan() => _data.Span;

    /// <summary>A range of rows as a matrix: a view, not a copy.</summary>
    internal VectorMatrix Slice(int first, int count) => new(_data.Slice(first * Dimensions, count * Dimensions), Dimensions);

    /// <summary>Some rows as a new matrix, in the given order: a copy.</summary>
    internal VectorMatrix Take(ReadOnlySpan<int> rows)
    {
        var taken = new VectorMatrix(rows.Length, Dimensions);
        for (var i = 0; i < rows.Length; i++)
        {
            this[rows[i]].CopyTo(taken[i]);
        }

        return taken;
    }

    /// <summary>Each row divided by its length: a copy. Zero rows stay zero.</summary>
    internal VectorMatrix Normalized()
    {
        var unit = new VectorMatrix(Count, Dimensions);
        Parallel.For(0, Count, i => VectorMath.Normalize(this[i], unit[i]));
        return unit;
    }

    private static float[] Allocate(int count, int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        if ((long)count * dimensions > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{count:N0} vectors of {dimensions:N0} dimensions exceed {Array.MaxLength:N0} numbers, the largest array.");
        }

        return new float[count * dimensions];
    }
}
