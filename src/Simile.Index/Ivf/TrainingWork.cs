namespace Simile.Index.Ivf;

/// <summary>Progress of training, as a share of the added vectors, and its cancellation.</summary>
internal sealed class TrainingWork(int vectors, IProgress<int>? progress, CancellationToken cancellationToken)
{
    private readonly Lock _lock = new();
    private long _expected;
    private long _done;

    public CancellationToken Cancelled => cancellationToken;

    /// <summary>Announces that this many more vectors will be compared with the centroids.</summary>
    public void Expect(long comparisons) => _expected = comparisons;

    /// <summary>Reports that this many were compared, on any thread.</summary>
    public void Done(int comparisons)
    {
        lock (_lock)
        {
            _done += comparisons;
            progress?.Report((int)(vectors * Math.Min(1.0, _done / (double)_expected)));
        }
    }
}
