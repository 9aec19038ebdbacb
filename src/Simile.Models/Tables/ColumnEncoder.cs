using System.Text.Json;
using Simile.Numerics;

namespace Simile.Models.Tables;

/// <summary>
/// Turns the values of one column into components. It first sees the values that are fitted, then <see cref="Finish"/>, and then encodes.
/// </summary>
internal abstract class ColumnEncoder(ColumnOptions options)
{
    public ColumnOptions Options { get; } = options;

    /// <summary>A name for each component, as scikit-learn names them.</summary>
    public abstract string[] Names { get; }

    /// <summary>Components.</summary>
    public abstract int Width { get; }

    /// <summary>Takes a value that is fitted; null or empty where it is missing.</summary>
    public virtual void Fit(string? value)
    {
    }

    /// <summary>All values have been seen.</summary>
    public virtual void Finish()
    {
    }

    /// <summary>
    /// Adds the components of a value, without the column's weight, to <paramref name="target"/>, which holds zeros, or what a column of
    /// the same group added.
    /// </summary>
    protected abstract void Encode(string? value, Span<float> target);

    /// <summary>Adds the components of many values to the rows of a matrix, from a column on.</summary>
    public virtual void Encode(IReadOnlyList<string?> values, VectorMatrix target, int first, CancellationToken cancellationToken)
    {
        for (var row = 0; row < values.Count; row++)
        {
            Encode(values[row], target[row].Slice(first, Width));
        }
    }

    /// <summary>Writes what fitting found.</summary>
    public virtual void Save(Utf8JsonWriter json)
    {
    }

    /// <summary>Reads the values that fitting computed, such as means and categories.</summary>
    /// <exception cref="InvalidDataException">A property is missing or of another type.</exception>
    public virtual void Load(JsonElement json, string path)
    {
    }

    /// <summary>The encoder of a column that is not ignored.</summary>
    public static ColumnEncoder Of(ColumnOptions options, TableModels models) => options.Kind switch
    {
        ColumnKind.Number => new NumberEncoder(options),
        ColumnKind.Category => new CategoryEncoder(options),
        ColumnKind.Hashed => new HashedEncoder(options),
        ColumnKind.Ordinal => new OrdinalEncoder(options),
        ColumnKind.Date => new DateEncoder(options),
        ColumnKind.Text => new TextColumn(options, models),
        ColumnKind.Image => new ImageColumn(options, models),
        _ => throw new ArgumentException($"The column {options.Name} is ignored.", nameof(options)),
    };
}
