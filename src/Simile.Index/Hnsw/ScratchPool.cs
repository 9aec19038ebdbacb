namespace Simile.Index.Hnsw;

/// <summary>Keeps scratch memory between searches. Renting and returning allocate nothing.</summary>
internal sealed class ScratchPool(Func<SearchScratch> make) : IDisposable
{
    private readonly SearchScratch?[] _kept = new SearchScratch?[2 * Environment.ProcessorCount];

    /// <summary>Size of the pooled memory. Rented memory is not counted.</summary>
    public long Bytes => _kept.Sum(scratch => scratch?.Bytes ?? 0);

    public SearchScratch Take()
    {
        for (var i = 0; i < _kept.Length; i++)
        {
            if (Volatile.Read(ref _kept[i]) is not null && Interlocked.Exchange(ref _kept[i], null) is { } scratch)
            {
                return scratch;
            }
        }

        return make();
    }

    public void Return(SearchScratch scratch)
    {
        for (var i = 0; i < _kept.Length; i++)
        {
            if (Volatile.Read(ref _kept[i]) is null && Interlocked.CompareExchange(ref _kept[i], scratch, null) is null)
            {
                return;
            }
        }

        scratch.Dispose();
    }

    public void Dispose()
    {
        foreach (var scratch in _kept)
        {
            scratch?.Dispose();
        }
    }
}
