namespace Simile.Models.Text;

/// <summary>Counters of a run: the number of encoded texts, their tokens, and the truncated texts.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EncodingRun(IProgress<int>? progress = null)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<int> _cut = [];
    private long _tokens;
    private int _done;

    /// <summary>Number of tokens, special tokens included, padding excluded.</summary>
    public long Tokens => Interlocked.Read(ref _tokens);

    /// <summary>The indices of truncated texts, ascending.</summary>
    public int[] CutTexts
    {
        get
        {
            lock (_lock)
            {
                return [.. _cut];
            }
        }
    }

    public void Finish(int texts, long tokens)
    {
        Interlocked.Add(ref _tokens, tokens);
        progress?.Report(Interlocked.Add(ref _done, texts));
    }

    public void Cut(int text)
    {
        lock (_lock)
        {
            _cut.Add(text);
        }
    }
}
