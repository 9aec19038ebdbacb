using Simile.Numerics;

namespace Simile.Tables;

/// <summary>Collects vectors, with their ids, labels and texts, when their number is not known in advance.</summary>
internal sealed class VectorRows(string path)
{
    private readonly List<string?> _ids = [];
    private readonly List<string?> _labels = [];
    private readonly List<string?> _texts = [];
    private float[] _numbers = [];
    private int _dimensions;

    /// <summary>Number of vectors so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a vector.</summary>
    /// <param name="vector">Its components.</param>
    /// <param name="place">Its location for error messages, such as "line 3".</param>
    /// <exception cref="InvalidDataException">The vector is empty, or its length differs from that of the first one.</exception>
    public void Add(ReadOnlySpan<float> vector, string place)
    {
        if (Count == 0)
        {
            _dimensions = vector.Length > 0
                ? vector.Length
                : throw new InvalidDataException($"{path}: {place} has a vector without components.");
        }

        if (vector.Length != _dimensions)
        {
            throw new InvalidDataException(
                $"{path}: {place} has a vector of {vector.Length:N0} numbers, but the first one has {_dimensions:N0}: "
                + "all vectors of a file must have the same length.");
        }

        var needed = (Count + 1L) * _dimensions;
        if (needed > _numbers.Length)
        {
            Grow(needed);
        }

        vector.CopyTo(_numbers.AsSpan(Count * _dimensions));
        Count++;
    }

    /// <summary>Sets the id, label and text of the last vector.</summary>
    public void Describe(string? id, string? label, string? text)
    {
        _ids.Add(id);
        _labels.Add(label);
        _texts.Add(text);
    }

    /// <summary>All vectors; a list is null if all of its entries are missing.</summary>
    /// <exception cref="InvalidDataException">There are no vectors.</exception>
    public VectorSet ToSet() => Count == 0
        ? throw new InvalidDataException($"{path} holds no vectors.")
        : new VectorSet(new VectorMatrix(_numbers.AsMemory(0, Count * _dimensions), _dimensions))
        {
            Ids = Given(_ids),
            Labels = Given(_labels),
            Texts = Given(_texts),
        };

    private static string[]? Given(List<string?> entries) =>
        entries.TrueForAll(entry => entry is null) ? null : [.. entries.Select(entry => entry ?? string.Empty)];

    private void Grow(long needed)
    {
        if (needed > Array.MaxLength)
        {
            throw new InvalidDataException($"{path} holds more than {Array.MaxLength:N0} numbers: split it into several files.");
        }

        Array.Resize(ref _numbers, (int)Math.Min(Array.MaxLength, Math.Max(needed, Math.Max(1024, 2L * _numbers.Length))));
    }
}
