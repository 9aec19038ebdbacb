using Simile.Models.Checkpoints;

namespace Simile.Models.Architectures;

/// <summary>The token table of a checkpoint: bytes, with a scale and an offset for each class of rows (id mod number of classes).</summary>
internal sealed class UniversalSentenceEncoderTable : ITokenTable
{
    private readonly Tensor _table;
    private readonly float[] _scale;
    private readonly float[] _offset;

    /// <summary>Finds the table in a checkpoint. The data stay there.</summary>
    /// <exception cref="InvalidDataException">The table is missing or of another kind.</exception>
    public UniversalSentenceEncoderTable(Checkpoint weights)
    {
        _table = weights["embedding.table"];
        _scale = weights["embedding.scale"].ToFloats().ToArray();
        _offset = weights["embedding.offset"].ToFloats().ToArray();
        if (_table.Type != DType.U8 || _table.Shape is not [> 0, > 0] || _scale.Length == 0 || _scale.Length != _offset.Length)
        {
            throw new InvalidDataException(
                "The tensors embedding.table, embedding.scale and embedding.offset do not match: "
                + "expected a table of bytes with a scale and an offset for each class of rows.");
        }
    }

    /// <inheritdoc/>
    public int Rows => (int)_table.Shape[0];

    /// <inheritdoc/>
    public int Dimensions => (int)_table.Shape[1];

    /// <summary>Whether a tensor of the checkpoint is part of the table.</summary>
    public static bool Owns(Tensor tensor) => tensor.Name.StartsWith("embedding.", StringComparison.Ordinal);

    /// <summary>The bytes, row-major.</summary>
    public ReadOnlySpan<byte> Bytes => _table.Bytes.Span;

    /// <summary>The step of each class.</summary>
    public ReadOnlySpan<float> Scale => _scale;

    /// <summary>The value of byte 0 in each class.</summary>
    public ReadOnlySpan<float> Offset => _offset;

    /// <inheritdoc/>
    public void Read(int row, Span<float> numbers)
    {
        var bytes = Bytes.Slice(row * Dimensions, Dimensions);
        var (scale, offset) = (_scale[row % _scale.Length], _offset[row % _offset.Length]);
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (bytes[i] * scale) + offset;
        }
    }
}
