using System.Globalization;

namespace Simile.Analysis;

/// <summary>
/// A retrieval measure with its cutoff, in trec_eval's notation: <c>ndcg_cut_10</c>, <c>map</c>, <c>recip_rank</c>, <c>recall_100</c>,
/// <c>P_5</c>.
/// </summary>
/// <param name="Kind">The formula, such as nDCG or recall.</param>
/// <param name="Cutoff">Number of top documents that count, at least 1; null for all.</param>
public sealed record RetrievalMeasure(RetrievalMeasureKind Kind, int? Cutoff = null)
{
    private static readonly (string Name, RetrievalMeasureKind Kind)[] Names =
    [
        ("ndcg_cut", RetrievalMeasureKind.Ndcg), ("ndcg", RetrievalMeasureKind.Ndcg),
        ("map_cut", RetrievalMeasureKind.AveragePrecision), ("map", RetrievalMeasureKind.AveragePrecision),
        ("recip_rank_cut", RetrievalMeasureKind.ReciprocalRank),
        ("recip_rank", RetrievalMeasureKind.ReciprocalRank), ("mrr", RetrievalMeasureKind.ReciprocalRank),
        ("recall", RetrievalMeasureKind.Recall), ("p", RetrievalMeasureKind.Precision), ("precision", RetrievalMeasureKind.Precision),
        ("success", RetrievalMeasureKind.Success), ("rprec", RetrievalMeasureKind.RPrecision),
    ];

    /// <summary>nDCG@10, MAP, reciprocal rank, recall@10, recall@100 and precision@5.</summary>
    public static IReadOnlyList<RetrievalMeasure> Usual { get; } =
    [
        new(RetrievalMeasureKind.Ndcg, 10), new(RetrievalMeasureKind.AveragePrecision), new(RetrievalMeasureKind.ReciprocalRank),
        new(RetrievalMeasureKind.Recall, 10), new(RetrievalMeasureKind.Recall, 100), new(RetrievalMeasureKind.Precision, 5),
    ];

    /// <summary>
    /// Parses a name of trec_eval (<c>ndcg_cut_10</c>, <c>P_5</c>) or one with an at sign (<c>nDCG@10</c>, <c>MRR</c>, <c>recall@100</c>),
    /// ignoring case.
    /// </summary>
    /// <exception cref="ArgumentException">The measure is unknown, or its cutoff is missing or below 1.</exception>
    public static RetrievalMeasure Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var split = name.LastIndexOfAny(['@', '_']);
        var cut = split >= 0 && int.TryParse(name.AsSpan(split + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : (int?)null;
        var stem = cut is null ? name : name[..split];
        var found = Array.FindIndex(Names, n => n.Name.Equals(stem, StringComparison.OrdinalIgnoreCase));
        if (found < 0)
        {
            throw new ArgumentException($"The measure '{name}' is unknown: choose among nDCG@k, MAP, MRR, recall@k, P@k and success@k.");
        }

        var measure = new RetrievalMeasure(Names[found].Kind, cut);
        measure.Validate();
        return measure;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var name = Kind switch
        {
            RetrievalMeasureKind.Ndcg => Cutoff is null ? "ndcg" : "ndcg_cut",
            RetrievalMeasureKind.AveragePrecision => Cutoff is null ? "map" : "map_cut",
            RetrievalMeasureKind.ReciprocalRank => Cutoff is null ? "recip_rank" : "recip_rank_cut",
            RetrievalMeasureKind.Recall => "recall",
            RetrievalMeasureKind.Precision => "P",
            RetrievalMeasureKind.RPrecision => "Rprec",
            _ => "success",
        };
        return Cutoff is { } cutoff ? $"{name}_{cutoff}" : name;
    }

    internal void Validate()
    {
        if (!Enum.IsDefined(Kind))
        {
            throw new ArgumentException($"There is no measure {(int)Kind} of a ranking.");
        }

        if (Cutoff is < 1)
        {
            throw new ArgumentException($"The cutoff is {Cutoff}, but must be at least 1.");
        }

        if (Cutoff is not null && Kind == RetrievalMeasureKind.RPrecision)
        {
            throw new ArgumentException("R-precision has no cutoff of its own: the number of relevant documents is the cutoff.");
        }

        if (Cutoff is null && Kind is (RetrievalMeasureKind.Recall or RetrievalMeasureKind.Precision or RetrievalMeasureKind.Success))
        {
            throw new ArgumentException($"{Kind} needs a cutoff: write {Kind.ToString().ToLowerInvariant()}@10, for instance.");
        }
    }
}
