using Simile.Numerics;

namespace Simile.Tables;

/// <summary>Vectors with their optional ids, labels and texts: row i of <see cref="Vectors"/> belongs to entry i of each list.</summary>
/// <param name="Vectors">The vectors, one per row.</param>
public sealed record VectorSet(VectorMatrix Vectors)
{
    /// <summary>The id of each vector: a key, or the path of the embedded file; null if the file has no ids.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>The class of each vector; null if the file has no labels.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The text of each vector; null if the file has no texts.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Throws if the length of a list differs from the number of vectors.</summary>
    /// <exception cref="ArgumentException">A list is too short or too long.</exception>
    internal void Validate()
    {
        foreach (var (list, name) in ((IReadOnlyList<string>?, string)[])[(Ids, "ids"), (Labels, "labels"), (Texts, "texts")])
        {
            if (list is not null && list.Count != Vectors.Count)
            {
                throw new ArgumentException($"{Vectors.Count:N0} vectors have {list.Count:N0} {name}: each vector needs one.");
            }
        }
    }
}
