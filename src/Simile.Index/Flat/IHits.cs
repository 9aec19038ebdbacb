namespace Simile.Index.Flat;

/// <summary>What a scan shows its hits to.</summary>
internal interface IHits
{
    /// <summary>Scores below this are not kept; NaN where all are.</summary>
    float Threshold { get; }

    /// <summary>Shows one hit.</summary>
    void Add(Hit hit);
}
