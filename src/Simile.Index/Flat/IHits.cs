namespace Simile.Index.Flat;

/// <summary>Receives the hits of a scan.</summary>
internal interface IHits
{
    /// <summary>Lower scores are not kept; NaN if all are.</summary>
    float Threshold { get; }

    /// <summary>Offers one hit.</summary>
    void Add(Hit hit);
}
