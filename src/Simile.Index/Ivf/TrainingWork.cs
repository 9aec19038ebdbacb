namespace Simile.Index.Ivf;

/// <summary>How far training is, told as a share of the vectors that are added; and whether it shall stop.</summary>
internal sealed class TrainingWork(int vectors, IProgress<int>? progress, CancellationToken cancellationToken)
{
    private readonly Lock _lock = new();
    private long _expected;
    private long _done;

    public CancellationToken Cancelled => cancellationToken;

    /// <summary>So many vectors will be compared with the centroids.</summary>
    public void Expect(long comparisons) => _expected = comparisons;

    /// <summary>So many more were compared; on any thread.</summary>
    public void Done(int comparisons)
    {
        lock (_lock)
        {
            _done += comparisons;
            progress?.Report((int)(vectors * Math.Min(1.0, _done / (double)_expected)));
        }
    }
}
