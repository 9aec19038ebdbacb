namespace Simile.Models.Text;

/// <summary>Counters of a run: the number of encoded texts, the tokens of each, and the truncated texts.</summary>
/// <remarks>Thread-safe: each text is counted once, by one thread.</remarks>
internal sealed class EncodingRun(int texts, IProgress<int>? progress = null)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<int> _cut = [];
    private int _done;

    /// <summary>Number of tokens of each text, special tokens included, padding excluded.</summary>
    public int[] Tokens { get; } = new int[texts];

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

    public void Count(int text, int tokens) => Tokens[text] = tokens;

    public void Finish(int texts) => progress?.Report(Interlocked.Add(ref _done, texts));

    public void Cut(int text)
    {
        lock (_lock)
        {
            _cut.Add(text);
        }
    }
}
