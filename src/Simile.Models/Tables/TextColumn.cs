using Simile.Numerics;

namespace Simile.Models.Tables;

/// <summary>Texts by a text model, as it embeds documents; a missing one has zeros.</summary>
internal sealed class TextColumn(ColumnOptions options, TableModels models) : ColumnEncoder(options)
{
    public override string[] Names =>
        [.. Enumerable.Range(0, Width).Select(component => FormattableString.Invariant($"{Options.Name}_{component}"))];

    public override int Width => models.Of(Options.Model).Texts.Dimensions;

    public override void Encode(IReadOnlyList<string?> values, VectorMatrix target, int first, CancellationToken cancellationToken)
    {
        int[] rows = [.. Enumerable.Range(0, values.Count).Where(row => !string.IsNullOrWhiteSpace(values[row]))];
        var vectors = models.Of(Options.Model).Texts
            .EmbedDocuments([.. rows.Select(row => values[row]!)], cancellationToken: cancellationToken);
        for (var i = 0; i < rows.Length; i++)
        {
            vectors[i].CopyTo(target[rows[i]][first..]);
        }
    }

    protected override void Encode(string? value, Span<float> target) =>
        throw new NotSupportedException("Texts are embedded many at once.");
}
