namespace Simile.Index.Ivf;

/// <summary>How far training is, told as a share of the vectors that are added; and whether it shall stop.</summary>
internal sealed class TrainingWork(int vectors, IProgress<int>? progress, CancellationToken cancellationToken)
{
    private long _expected;
    private long _done;

    public CancellationToken Cancelled => cancellationToken;

    /// <summary>So many vectors will be compared with the centroids.</summary>
    public void Expect(long comparisons) => _expected = comparisons;

    /// <summary>So many more were compared.</summary>
    public void Done(int comparisons)
    {
        _done += comparisons;
        progress?.Report((int)(vectors * Math.Min(1.0, _done / (double)_expected)));
        cancellationToken.ThrowIfCancellationRequested();
    }
}
