using Simile.Numerics;

namespace Simile.Tables;

/// <summary>Collects vectors whose number is not known before, and what is said of each.</summary>
internal sealed class VectorRows(string path)
{
    private readonly List<string?> _ids = [];
    private readonly List<string?> _labels = [];
    private readonly List<string?> _texts = [];
    private float[] _numbers = [];
    private int _dimensions;

    /// <summary>Vectors so far.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a vector.</summary>
    /// <param name="vector">Its components.</param>
    /// <param name="place">Where it stands, as a message says it: "line 3".</param>
    /// <exception cref="InvalidDataException">It has another length than the first one, or none.</exception>
    public void Add(ReadOnlySpan<float> vector, string place)
    {
        if (Count == 0)
        {
            _dimensions = vector.Length > 0 ? vector.Length : throw new InvalidDataException($"{path}: {place} has a vector without components.");
        }

        if (vector.Length != _dimensions)
        {
            throw new InvalidDataException($"{path}: {place} has a vector of {vector.Length:N0} numbers, and the first one has {_dimensions:N0}: vectors of one file have one length.");
        }

        var needed = (Count + 1L) * _dimensions;
        if (needed > _numbers.Length)
        {
            Grow(needed);
        }

        vector.CopyTo(_numbers.AsSpan(Count * _dimensions));
        Count++;
    }

    /// <summary>Says of the last vector what the file says of it.</summary>
    public void Describe(string? id, string? label, string? text)
    {
        _ids.Add(id);
        _labels.Add(label);
        _texts.Add(text);
    }

    /// <summary>All of them; a list is there when one of its entries is.</summary>
    /// <exception cref="InvalidDataException">There are no vectors.</exception>
    public VectorSet ToSet() => Count == 0
        ? throw new InvalidDataException($"{path} holds no vectors.")
        : new VectorSet(new VectorMatrix(_numbers.AsMemory(0, Count * _dimensions), _dimensions)) { Ids = Given(_ids), Labels = Given(_labels), Texts = Given(_texts) };

    private static string[]? Given(List<string?> entries) => entries.TrueForAll(entry => entry is null) ? null : [.. entries.Select(entry => entry ?? string.Empty)];

    private void Grow(long needed)
    {
        if (needed > Array.MaxLength)
        {
            throw new InvalidDataException($"{path} holds more than {Array.MaxLength:N0} numbers: cut it into several files.");
        }

        Array.Resize(ref _numbers, (int)Math.Min(Array.MaxLength, Math.Max(needed, Math.Max(1024, 2L * _numbers.Length))));
    }
}
