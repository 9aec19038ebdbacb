namespace Simile.Index.Flat;

/// <summary>Keeps all hits of at least a score.</summary>
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
