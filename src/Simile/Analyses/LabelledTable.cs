using Simile.Analysis;
using Simile.Numerics;
using Simile.Tables;

namespace Simile.Analyses;

/// <summary>A table of texts with their classes, embedded.</summary>
public static class LabelledTable
{
    /// <summary>The vector of each row's text, as that of a file with the text.</summary>
    /// <param name="table">The table; read once from its first row.</param>
    /// <param name="textColumn">The name of the column of texts.</param>
    /// <param name="labelColumn">The name of the column of classes; null for none.</param>
    /// <param name="model">A model of texts, by name or folder.</param>
    /// <param name="progress">Optional progress callback: how many texts are embedded.</param>
    /// <param name="cancellationToken">Stops soon.</param>
    /// <exception cref="ArgumentException">There is no such column, or a row has no text.</exception>
    /// <exception cref="InvalidDataException">The table is damaged.</exception>
    public static AnalyzedVectors Embed(
        TableReader table,
        string textColumn,
        string? labelColumn,
        string model = TextEmbedder.BuiltIn,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var items = Read(table, Column(table, textColumn), labelColumn is null ? null : Column(table, labelColumn), cancellationToken);
        if (items.Count == 0)
        {
            throw new ArgumentException($"{table.Path} has no rows: give some texts.");
        }

        using var embedder = MultimodalModel.Load(HubCache.Locate(model));
        embedder.Require(MediaKind.Text);
        var vectors = embedder.Texts.EmbedDocuments([.. items.Select(item => item.Text!)], progress, cancellationToken);
        var id = new EmbeddingModelId(HubCache.Locate(embedder.Name), ModelFingerprint.Build(embedder.Name));
        return new AnalyzedVectors(vectors, items, Metric.Cosine) { Model = id };
    }

    private static List<AnalyzedItem> Read(TableReader table, int textColumn, int? labelColumn, CancellationToken cancellationToken)
    {
        var items = new List<AnalyzedItem>();
        foreach (var cells in table.Rows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(cells[textColumn]))
            {
                throw new ArgumentException(
                    $"Row {items.Count} of {table.Path} has no text in the column "
                    + $"'{table.Columns[textColumn]}': fill it, or leave the row out.");
            }

            items.Add(
                new AnalyzedItem { Row = items.Count, Text = cells[textColumn], Label = labelColumn is { } label ? cells[label] : null });
        }

        return items;
    }

    private static int Column(TableReader table, string name)
    {
        var column = table.Columns.ToList().IndexOf(name);
        return column >= 0
            ? column
            : throw new ArgumentException($"{table.Path} has no column '{name}': it has {string.Join(", ", table.Columns)}.");
    }
}
