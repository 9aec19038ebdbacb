using Simile.Numerics;

namespace Simile.Tables;

/// <summary>Vectors with what a file says of each: row i of <see cref="Vectors"/> belongs to entry i of each list.</summary>
/// <param name="Vectors">The vectors, one a row.</param>
public sealed record VectorSet(VectorMatrix Vectors)
{
    /// <summary>A name of each vector: its key, or the path of the file that it was made of; null where the file has none.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>The class of each vector; null where the file has none.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The text that each vector was made of; null where the file has none.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Throws where a list has another length than there are vectors.</summary>
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
