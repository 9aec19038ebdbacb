namespace Simile.Keywords;

/// <summary>The weights of <see cref="Fusion"/>, chosen by bench/Search.</summary>
internal sealed record FusionWeights
{
    /// <summary>The weights in use. Only bench/Search sets others.</summary>
    public static FusionWeights Chosen { get; set; } = new();

    /// <summary>Standard deviations of cosine for each standard deviation of BM25.</summary>
    public double Standard { get; init; } = 2;

    /// <summary>The most standard deviations of BM25 that the best item counts for.</summary>
    public double Most { get; init; } = 10;

    /// <summary>Words do not count if the store knows at most this share of the query's terms.</summary>
    public double KnownLow { get; init; } = 0.55;

    /// <summary>Words count fully from this share on.</summary>
    public double KnownHigh { get; init; } = 0.8;

    /// <summary>How much words lose by the distance of the best cosine from the second, in standard deviations.</summary>
    public double Gap { get; init; } = 0.5;

    /// <summary>The height of the best cosine above the mean at which words count half, in standard deviations.</summary>
    public double Near { get; init; } = 5;

    /// <summary>How steep that is.</summary>
    public double NearPower { get; init; } = 12;

    /// <summary>The number of items at which words count half: in few items it is chance which words are rare.</summary>
    public double FewItems { get; init; } = 300;

    /// <summary>How much words count if the query is a single word or identifier.</summary>
    public double Symbol { get; init; } = 3;

    /// <summary>The share that a term counts for if only another passage of the file holds it.</summary>
    public double FileSupport { get; init; } = 0.3;

    /// <summary>The least standard deviation of cosines; a store of few items has less.</summary>
    public double LeastDeviation { get; init; } = 0.02;
}
