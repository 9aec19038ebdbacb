using Simile.Analysis;
using Simile.Numerics;

namespace Simile.Analyses;

/// <summary>The input of an analysis: vectors, and the item that each vector belongs to.</summary>
/// <param name="Vectors">Finite numbers; row i is the vector of item i.</param>
/// <param name="Items">One item per row.</param>
/// <param name="Metric">The default metric: cosine for vectors of a model, L2 for files of vectors.</param>
public sealed record AnalyzedVectors(VectorMatrix Vectors, IReadOnlyList<AnalyzedItem> Items, Metric Metric)
{
    /// <summary>Number of rows and of items, which are the same.</summary>
    public int Count => Items.Count;

    /// <summary>The model that made the vectors; null for files of vectors.</summary>
    public EmbeddingModelId? Model { get; init; }

    /// <summary>Whether each item has a class.</summary>
    public bool HasLabels => Count > 0 && Items.All(item => item.Label is not null);

    /// <summary>Whether the items are files, and not rows of a file of vectors.</summary>
    public bool AreFiles => Count > 0 && Items.All(item => item.Kind is not null);

    /// <summary>The items at some rows, in that order, with copies of their vectors.</summary>
    public AnalyzedVectors Select(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return this with { Vectors = Vectors.Take([.. rows]), Items = [.. rows.Select(row => Items[row])] };
    }

    /// <summary>A copy with a label for each item.</summary>
    /// <exception cref="ArgumentException">There are not as many labels as items.</exception>
    public AnalyzedVectors WithLabels(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return labels.Count == Count
            ? this with { Items = [.. Items.Select((item, i) => item with { Label = labels[i] })] }
            : throw new ArgumentException($"There are {labels.Count:N0} labels for {Count:N0} items: give one for each, in their order.");
    }

    /// <summary>The same, each file labelled with the name of the folder that it lies in.</summary>
    /// <exception cref="ArgumentException">The items are rows of a file of vectors.</exception>
    public AnalyzedVectors WithFoldersAsLabels() => AreFiles
        ? this with { Items = [.. Items.Select(item => item with { Label = Folder(item) })] }
        : throw new ArgumentException("Rows of a file of vectors lie in no folder: give their labels.");

    /// <summary>Throws where there are too few items for an analysis.</summary>
    /// <param name="least">How many it needs.</param>
    /// <param name="analysis">For the message: "a cluster".</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public void Require(int least, string analysis)
    {
        if (Count < least)
        {
            throw new ArgumentException($"{analysis} needs at least {least} items, and there {(Count == 1 ? "is 1" : $"are {Count}")}.");
        }
    }

    /// <summary>The class of each item.</summary>
    /// <exception cref="ArgumentException">An item has none.</exception>
    public string[] RequireLabels()
    {
        var missing = Items.Index().FirstOrDefault(item => string.IsNullOrEmpty(item.Item.Label), (-1, null!)).Index;
        return missing < 0 ? [.. Items.Select(item => item.Label!)]
            : throw new ArgumentException(
                $"{Items[missing].Path ?? $"Row {Items[missing].Row}"} has no label: "
                + "name the folders as labels, or a file with a label for each item.");
    }

    private static string Folder(AnalyzedItem item) =>
        Path.GetFileName(Path.GetDirectoryName(item.Path)) is { Length: > 0 } name ? name : "/";
}
