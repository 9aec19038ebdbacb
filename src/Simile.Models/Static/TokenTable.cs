using System.Runtime.InteropServices;
using Simile.Models.Checkpoints;

namespace Simile.Models;

/// <summary>
/// The table of a static model, read in place from the mapped file: number j of row i is at i · Dimensions + j.
/// The vector of token t is row <c>mapping[t]</c> times <c>weights[t]</c>. Without a mapping it is row t; without weights the factor is 1.
/// </summary>
/// <remarks>Thread-safe. The memory belongs to the checkpoint, which must outlive the table.</remarks>
internal sealed class TokenTable
{
    private readonly DType _type;
    private readonly Memory<byte> _rows;
    private readonly int[]? _mapping;
    private readonly float[]? _weights;

    /// <exception cref="InvalidDataException">The tensors do not match, or hold NaN or infinity.</exception>
    public TokenTable(Tensor rows, Tensor? mapping, Tensor? weights)
    {
        if (rows.Shape is not [> 0 and <= int.MaxValue, > 0 and <= 65536])
        {
            throw new InvalidDataException(
                $"Tensor {rows.Name} must be a table of token vectors, but its shape is [{string.Join(", ", rows.Shape)}].");
        }

        (_type, _rows) = rows.Type is DType.F32 or DType.F16 or DType.I8
            ? (rows.Type, rows.Bytes)
            : (DType.F32, MemoryMarshal.AsBytes(rows.ToFloats().Span).ToArray());
        RowCount = (int)rows.Shape[0];
        Dimensions = (int)rows.Shape[1];
        _mapping = mapping is null ? null : ReadMapping(mapping, RowCount);
        _weights = weights?.ToFloats().ToArray();
        TokenCount = _mapping?.Length ?? RowCount;
        if (_weights is not null && (_weights.Length != TokenCount || !_weights.All(float.IsFinite)))
        {
            throw new InvalidDataException($"Tensor {weights!.Name} must have a finite weight for each of the {TokenCount} tokens.");
        }

        if (_type != DType.I8 && HasNaN())
        {
            throw new InvalidDataException($"Tensor {rows.Name} holds NaN or infinite numbers.");
        }
    }

    public int RowCount { get; }

    public int TokenCount { get; }

    public int Dimensions { get; }

    /// <summary>Adds the vectors of tokens to <paramref name="sum"/>. Ids must be in [0, <see cref="TokenCount"/>).</summary>
    public void Add(ReadOnlySpan<int> tokens, Span<float> sum)
    {
        switch (_type)
        {
            case DType.I8:
                Add(MemoryMarshal.Cast<byte, sbyte>(_rows.Span), tokens, sum);
                break;
            case DType.F16:
                Add(MemoryMarshal.Cast<byte, Half>(_rows.Span), tokens, sum);
                break;
            default:
                Add(MemoryMarshal.Cast<byte, float>(_rows.Span), tokens, sum);
                break;
        }
    }

    private void Add(ReadOnlySpan<sbyte> rows, ReadOnlySpan<int> tokens, Span<float> sum)
    {
        foreach (var token in tokens)
        {
            WeightedRow.Add(rows.Slice(RowOf(token) * Dimensions, Dimensions), WeightOf(token), sum);
        }
    }

    private void Add(ReadOnlySpan<Half> rows, ReadOnlySpan<int> tokens, Span<float> sum)
    {
        foreach (var token in tokens)
        {
            WeightedRow.Add(rows.Slice(RowOf(token) * Dimensions, Dimensions), WeightOf(token), sum);
        }
    }

    private void Add(ReadOnlySpan<float> rows, ReadOnlySpan<int> tokens, Span<float> sum)
    {
        foreach (var token in tokens)
        {
            WeightedRow.Add(rows.Slice(RowOf(token) * Dimensions, Dimensions), WeightOf(token), sum);
        }
    }

    private int RowOf(int token) => _mapping is null ? token : _mapping[token];

    private float WeightOf(int token) => _weights is null ? 1 : _weights[token];

    private static int[] ReadMapping(Tensor mapping, int rows)
    {
        if (mapping.Shape.Length != 1 || mapping.Type is not (DType.I32 or DType.I64))
        {
            throw new InvalidDataException($"Tensor {mapping.Name} must be a list of whole numbers, one row per token.");
        }

        // Read from the bytes, because a float holds integers only up to 2^24.
        long[] numbers = mapping.Type == DType.I64
            ? MemoryMarshal.Cast<byte, long>(mapping.Bytes.Span).ToArray()
            : [.. MemoryMarshal.Cast<byte, int>(mapping.Bytes.Span).ToArray().Select(number => (long)number)];
        return numbers.All(row => row >= 0 && row < rows)
            ? Array.ConvertAll(numbers, row => (int)row)
            : throw new InvalidDataException($"Tensor {mapping.Name} refers to rows outside the table of {rows}.");
    }

    private bool HasNaN() => _type == DType.F32
        ? !Finite.All(MemoryMarshal.Cast<byte, float>(_rows.Span))
        : !Finite.All(MemoryMarshal.Cast<byte, Half>(_rows.Span));
}
