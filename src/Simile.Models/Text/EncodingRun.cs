namespace Simile.Models.Text;

/// <summary>What becomes known while texts are encoded: how many are done, how many tokens they have, and which were cut.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class EncodingRun(IProgress<int>? progress = null)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<int> _cut = [];
    private long _tokens;
    private int _done;

    /// <summary>Tokens read, special tokens counted, padding not.</summary>
    public long Tokens => Interlocked.Read(ref _tokens);

    /// <summary>The texts that were longer than the model takes, ascending.</summary>
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
