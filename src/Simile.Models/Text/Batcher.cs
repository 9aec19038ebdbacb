using Simile.Numerics;

namespace Simile.Models.Text;

/// <summary>How texts are grouped into batches.</summary>
internal sealed record BatcherOptions
{
    /// <summary>Maximum number of tokens per batch, padding included. A longer text runs alone; with 0 every text does.</summary>
    public int TokenBudget { get; init; } = 512;

    /// <summary>Minimum number of tokens before a batch may end where the length changes. Texts of one length need no padding.</summary>
    public int EvenTokens { get; init; } = 128;

    /// <summary>
    /// Number of texts that are tokenized and sorted by length at a time: enough for batches of similar lengths, few enough to start soon.
    /// </summary>
    public int Window { get; init; } = 4096;

    /// <summary>Number of batches that run concurrently.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Threads inside the network for each batch.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>
/// Hands out texts in batches of similar length, longest first, so that padding and the wait for the last batch are small.
/// </summary>
/// <remarks>Thread-safe. A thread that finds no batch ready tokenizes the next window while others run the network.</remarks>
internal sealed class Batcher(int count, Func<int, int[]> tokenize, BatcherOptions options)
{
    private readonly Lock _lock = new();
    private readonly Queue<Batch> _ready = [];
    private int _next;

    /// <summary>The next batch, or null if all were handed out.</summary>
    public Batch? Take()
    {
        lock (_lock)
        {
            if (_ready.Count == 0 && _next < count)
            {
                Fill();
            }

            return _ready.TryDequeue(out var batch) ? batch : null;
        }
    }

    /// <summary>Passes every batch to <paramref name="run"/>, on the number of threads in the options.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public void RunAll(Action<Batch> run, CancellationToken cancellationToken)
    {
        var workers = Math.Min(options.Workers, count);
        if (workers == 1)
        {
            Work();
            return;
        }

        EachCore.Run(workers, _ => Work(), cancellationToken);

        void Work()
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (Take() is { } batch)
            {
                run(batch);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private void Fill()
    {
        var start = _next;
        var size = Math.Min(options.Window, count - start);
        var ids = new int[size][];
        if (size < 32)
        {
            for (var i = 0; i < size; i++)
            {
                ids[i] = tokenize(start + i);
            }
        }
        else
        {
            EachCore.Run(size, i => ids[i] = tokenize(start + i), CancellationToken.None);
        }

        var order = Enumerable.Range(0, size).OrderByDescending(i => ids[i].Length).ToArray();
        for (int from = 0, to; from < size; from = to)
        {
            var longest = ids[order[from]].Length;
            var room = Math.Max(1, options.TokenBudget / Math.Max(1, longest));
            to = Math.Min(size, from + Math.Min(room, Share(size - from)));
            var even = order[from..to].TakeWhile(i => ids[i].Length == longest).Count();
            to = even * longest >= options.EvenTokens ? from + even : to;
            var rows = order[from..to];
            _ready.Enqueue(new Batch(Array.ConvertAll(rows, r => start + r), Array.ConvertAll(rows, r => ids[r])));
        }

        _next += size;
    }

    // Few texts are divided evenly, so that all workers are busy.
    private int Share(int left) => (left + options.Workers - 1) / options.Workers;
}
