using Simile.Numerics;

namespace Simile.Models.Tables;

/// <summary>
/// Pictures in files, named by their paths, by a model of pictures; a missing one, and one that cannot be read, has zeros.
/// </summary>
internal sealed class ImageColumn(ColumnOptions options, TableModels models) : ColumnEncoder(options)
{
    public override string[] Names =>
        [.. Enumerable.Range(0, Width).Select(component => FormattableString.Invariant($"{Options.Name}_{component}"))];

    public override int Width => models.Of(Options.Model).Dimensions;

    public override void Encode(IReadOnlyList<string?> values, VectorMatrix target, int first, CancellationToken cancellationToken)
    {
        int[] rows = [.. Enumerable.Range(0, values.Count).Where(row => !TableValue.IsMissing(values[row]))];
        var vectors = models.Of(Options.Model)
            .EmbedImages([.. rows.Select(row => Path.Combine(models.Root, values[row]!))], cancellationToken);
        models.Refused.AddRange(vectors.Refused);
        for (var i = 0; i < vectors.Files.Count; i++)
        {
            vectors.Vectors[i].CopyTo(target[rows[vectors.Files[i]]][first..]);
        }
    }

    protected override void Encode(string? value, Span<float> target) =>
        throw new NotSupportedException("Pictures are embedded many at once.");
}
