namespace Simile.Index.Flat;

/// <summary>Keeps all hits with at least a given score.</summary>
internal readonly struct RangeHits(float score, List<Hit> hits) : IHits
{
    public float Threshold => score;

    public void Add(Hit hit)
    {
        if (hit.Score >= score)
        {
            hits.Add(hit);
        }
    }
}
