using System.Runtime.CompilerServices;
using Simile.Numerics;

namespace Simile.Index.Quantization;

/// <summary>
/// Product quantization: the components are split into subspaces, and each part is replaced by the number of the nearest of 16 or
/// 256 centroids (Jégou, Douze, Schmid, "Product Quantization for Nearest Neighbor Search", PAMI 2011). A query is not encoded: its
/// products with all centroids form a table, and the score of a code is a sum of table entries.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed unsafe partial class ProductQuantizer
{
    private readonly int[] _starts; // sub-space j has dimensions _starts[j] to _starts[j + 1]
    private readonly float[] _components; // component of dimension i of centroid c: [i · k + c]
    private readonly float[] _halfSquares; // half of the squared length of centroid c of sub-space j: [j · k + c]
    private readonly VectorMatrix? _rotation;

    private ProductQuantizer(int dimensions, int subspaces, int bits, float[] components, VectorMatrix? rotation)
    {
        (Dimensions, Subspaces, Bits, _components, _rotation) = (dimensions, subspaces, bits, components, rotation);
        _starts = Starts(dimensions, subspaces);
        _halfSquares = new float[subspaces * Centroids];
        for (var j = 0; j < subspaces; j++)
        {
            for (var i = _starts[j]; i < _starts[j + 1]; i++)
            {
                for (var c = 0; c < Centroids; c++)
                {
                    _halfSquares[(j * Centroids) + c] += 0.5f * components[(i * Centroids) + c] * components[(i * Centroids) + c];
                }
            }
        }
    }

    /// <summary>Dimensions of the vectors.</summary>
    public int Dimensions { get; }

    /// <summary>Number of subspaces, m in the paper.</summary>
    public int Subspaces { get; }

    /// <summary>Bits per subspace: 4 or 8.</summary>
    public int Bits { get; }

    /// <summary>Centroids per subspace: 16 or 256.</summary>
    public int Centroids => 1 << Bits;

    /// <summary>Size of one encoded vector in bytes: subspaces × bits / 8, rounded up.</summary>
    public int CodeBytes => ((Subspaces * Bits) + 7) / 8;

    /// <summary>Number of floats in a query's tables.</summary>
    public int TableLength => Subspaces * Centroids;

    /// <summary>Encodes a vector. With 4 bits, two subspaces share a byte, the first in its low half.</summary>
    /// <param name="vector">Of <see cref="Dimensions"/> components.</param>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">The vector or the code has the wrong length.</exception>
    public void Encode(ReadOnlySpan<float> vector, Span<byte> code)
    {
        CodeLength.Check(code.Length, CodeBytes, "bytes");
        Span<byte> symbols = Subspaces <= 1024 ? stackalloc byte[Subspaces] : new byte[Subspaces];
        EncodeSymbols(vector, symbols);
        if (Bits == 8)
        {
            symbols.CopyTo(code);
            return;
        }

        for (var i = 0; i < code.Length; i++)
        {
            code[i] = (byte)(symbols[2 * i] | ((2 * i) + 1 < symbols.Length ? symbols[(2 * i) + 1] << 4 : 0));
        }
    }

    /// <summary>Decodes a code to the vector it represents.</summary>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <param name="vector">Of <see cref="Dimensions"/> components.</param>
    /// <exception cref="ArgumentException">The vector or the code has the wrong length.</exception>
    public void Decode(ReadOnlySpan<byte> code, Span<float> vector)
    {
        CodeLength.Check(code.Length, CodeBytes, "bytes");
        CodeLength.Check(vector.Length, Dimensions, "dimensions");
        for (var j = 0; j < Subspaces; j++)
        {
            var symbol = Symbol(code, j);
            for (var i = _starts[j]; i < _starts[j + 1]; i++)
            {
                vector[i] = _components[(i * Centroids) + symbol];
            }
        }

        RotateBack(vector);
    }

    /// <summary>
    /// Computes a query's tables: entry c of subspace j, at j · <see cref="Centroids"/> + c, is the contribution of centroid c to the
    /// score.
    /// </summary>
    /// <param name="metric">Cosine (for vectors and a query of length 1), dot or L2.</param>
    /// <param name="query">Of <see cref="Dimensions"/> components.</param>
    /// <param name="tables">Of <see cref="TableLength"/> numbers.</param>
    /// <exception cref="ArgumentException">The metric is not supported, or a length is wrong.</exception>
    public void FillTables(Metric metric, ReadOnlySpan<float> query, Span<float> tables)
    {
        CodeLength.Check(query.Length, Dimensions, "dimensions");
        CodeLength.Check(tables.Length, TableLength, "numbers");
        CodeMetric.Check(metric);
        Dots(query, tables);
        if (metric == Metric.L2)
        {
            SubtractSquares(query, tables);
        }
    }

    /// <summary>The score of a code: that of the query with the <see cref="Decode"/> result, up to rounding. Greater is closer.</summary>
    /// <param name="tables">The tables from <see cref="FillTables"/>.</param>
    /// <param name="code">Of <see cref="CodeBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public float Score(ReadOnlySpan<float> tables, ReadOnlySpan<byte> code)
    {
        CodeLength.Check(tables.Length, TableLength, "numbers");
        CodeLength.Check(code.Length, CodeBytes, "bytes");
        var sum = 0f;
        for (var j = 0; j < Subspaces; j++)
        {
            sum += tables[(j * Centroids) + Symbol(code, j)];
        }

        return sum;
    }

    /// <summary>
    /// The mean squared error of decoded vectors, relative to the mean squared length: 0 is perfect, 1 is no better than zero vectors.
    /// </summary>
    public double Error(VectorMatrix vectors) => CodeError.Of(vectors, CodeBytes, (vector, code, decoded) =>
    {
        Encode(vector, code);
        Decode(code, decoded);
    });

    /// <summary>The file content of a quantizer without rotation: component i of centroid c at [i · Centroids + c].</summary>
    internal ReadOnlySpan<float> Components => _components;

    /// <summary>Creates a 4-bit quantizer without rotation from a file.</summary>
    internal static ProductQuantizer Of(int dimensions, int subspaces, ReadOnlySpan<float> components) =>
        new(dimensions, subspaces, 4, components.ToArray(), null);

    /// <summary>Encodes to one byte per subspace.</summary>
    internal void EncodeSymbols(ReadOnlySpan<float> vector, Span<byte> symbols)
    {
        CodeLength.Check(vector.Length, Dimensions, "dimensions");
        var rotated = stackalloc float[_rotation is null ? 0 : Dimensions];
        var products = stackalloc float[Centroids];
        fixed (float* given = vector, components = _components, halfSquares = _halfSquares)
        {
            var x = given;
            if (_rotation is not null)
            {
                MetricScore.Rows(Metric.Dot, vector, _rotation.AsSpan(), new Span<float>(rotated, Dimensions));
                x = rotated;
            }

            for (var j = 0; j < Subspaces; j++)
            {
                var start = _starts[j];
                symbols[j] = (byte)Codebook.Nearest(
                    x + start,
                    _starts[j + 1] - start,
                    components + (start * Centroids),
                    halfSquares + (j * Centroids),
                    Centroids,
                    products);
            }
        }
    }

    /// <summary>Decodes symbols of a quantizer without rotation.</summary>
    internal void DecodeSymbols(ReadOnlySpan<byte> symbols, Span<float> vector)
    {
        for (var j = 0; j < Subspaces; j++)
        {
            for (var i = _starts[j]; i < _starts[j + 1]; i++)
            {
                vector[i] = _components[(i * Centroids) + symbols[j]];
            }
        }
    }

    /// <summary>The products of the query's parts with all centroids.</summary>
    internal void Dots(ReadOnlySpan<float> query, Span<float> tables)
    {
        var rotated = stackalloc float[_rotation is null ? 0 : Dimensions];
        fixed (float* given = query, components = _components, table = tables)
        {
            var x = given;
            if (_rotation is not null)
            {
                MetricScore.Rows(Metric.Dot, query, _rotation.AsSpan(), new Span<float>(rotated, Dimensions));
                x = rotated;
            }

            for (var j = 0; j < Subspaces; j++)
            {
                Codebook.Dots(
                    x + _starts[j], _starts[j + 1] - _starts[j], components + (_starts[j] * Centroids), Centroids, table + (j * Centroids));
            }
        }
    }

    // −|q − c|² = 2 q·c − |c|² − |q|². A rotation does not change |q|, so its term is added to the first subspace.
    private void SubtractSquares(ReadOnlySpan<float> query, Span<float> tables)
    {
        var square = VectorMath.Dot(query, query);
        for (var i = 0; i < tables.Length; i++)
        {
            tables[i] = 2 * (tables[i] - _halfSquares[i]) - (i < Centroids ? square : 0);
        }
    }

    private void RotateBack(Span<float> vector)
    {
        if (_rotation is null)
        {
            return;
        }

        Span<float> rotated = vector.ToArray();
        vector.Clear();
        for (var i = 0; i < Dimensions; i++)
        {
            Numerics.Kernels.Elementwise.Combine(1, vector, rotated[i], _rotation[i], vector);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Symbol(ReadOnlySpan<byte> code, int subspace) =>
        Bits == 8 ? code[subspace] : code[subspace / 2] >> (subspace % 2 * 4) & 0xF;

    /// <summary>The start of each subspace, followed by the number of dimensions.</summary>
    internal static int[] Starts(int dimensions, int subspaces) =>
        [.. Enumerable.Range(0, subspaces + 1).Select(j => (int)((long)j * dimensions / subspaces))];
}
