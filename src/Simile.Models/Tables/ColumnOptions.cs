namespace Simile.Models.Tables;

/// <summary>How one column becomes numbers.</summary>
/// <param name="Name">The heading in the table.</param>
/// <param name="Kind">Numbers, categories, dates, texts or pictures; <see cref="ColumnKind.Ignored"/> leaves the column out.</param>
public sealed partial record ColumnOptions(string Name, ColumnKind Kind)
{
    /// <summary>The most components of a hashed block.</summary>
    public const int MostBuckets = 1 << 20;

    /// <summary>How numbers are scaled. Standard by default.</summary>
    public NumberScaling Scaling { get; init; }

    /// <summary>Whether a component more says 1 where the value is missing.</summary>
    public bool FlagsMissing { get; init; }

    /// <summary>The names of an ordinal column, the least first. A value that is none of them, or missing, is −1.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>Components of a hashed column, 1 to 1,048,576. 32 by default.</summary>
    public int Buckets { get; init; } = 32;

    /// <summary>
    /// Whether half of the values count −1, so that collisions cancel and do not add up. True by default, as in scikit-learn.
    /// </summary>
    public bool AlternatesSign { get; init; } = true;

    /// <summary>Hashed columns of one group share their components; null for components of their own.</summary>
    public string? Group { get; init; }

    /// <summary>Whether a hashed value that is a number counts itself under the column's name, and not 1 under its own.</summary>
    public bool HashesNumbers { get; init; }

    /// <summary>The model of a text or picture column, by name or folder; null for the built-in one.</summary>
    public string? Model { get; init; }

    /// <summary>What the column's components are multiplied by: above 0. 1 by default.</summary>
    public float Weight { get; init; } = 1;

    /// <summary>Throws where an option is out of range.</summary>
    /// <exception cref="ArgumentException">One is.</exception>
    public void Validate()
    {
        if (!(Weight > 0) || !float.IsFinite(Weight))
        {
            throw new ArgumentException(
                $"The weight of the column {Name} is a finite number above 0, not {Weight}: a column without weight is ignored.");
        }

        if (Kind == ColumnKind.Hashed && Buckets is < 1 or > MostBuckets)
        {
            throw new ArgumentException($"The hashed column {Name} has 1 to {MostBuckets:N0} components, not {Buckets:N0}.");
        }

        if (Kind == ColumnKind.Ordinal && (Order.Count == 0 || Order.Distinct().Count() < Order.Count))
        {
            throw new ArgumentException($"The ordinal column {Name} needs its values in order, each once, such as small < medium < large.");
        }
    }
}
