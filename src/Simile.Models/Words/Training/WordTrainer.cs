using System.Text;

namespace Simile.Models.Words;

/// <summary>The trained tables, and the data that all threads share: vocabulary, keep probabilities, samplers, n-grams.</summary>
/// <remarks>
/// Threads train on chunks in parallel and update the tables without locks (Hogwild, Recht et al. 2011), as word2vec, gensim and fastText
/// do.
/// </remarks>
internal sealed class WordTrainer : IDisposable
{
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromMinutes(10);

    private readonly TokenCorpus _corpus;
    private readonly long[] _wordsBefore;

    public WordTrainer(TokenCorpus corpus, WordVocabulary vocabulary, WordTrainingOptions options)
    {
        (_corpus, Vocabulary, Options) = (corpus, vocabulary, options);
        Subwords = new Subwords(options.MinN, options.MaxN, options.MaxN > 0 ? options.Buckets : 0);
        Input = new NumberTable(vocabulary.Words.Length + (long)Subwords.Buckets, options.Dimensions);
        Output = new NumberTable(vocabulary.Words.Length, options.Dimensions);
        Input.Fill(options.Seed);
        ChancesToKeep = vocabulary.ChancesToKeep(options.Sample);
        Negatives = options.Negative > 0 ? new NegativeSampler(vocabulary.Counts, options.NegativePower) : null;
        Tree = options.HierarchicalSoftmax ? new HuffmanTree(vocabulary.Counts) : null;
        Ngrams = Subwords.Any ? [.. vocabulary.Words.Select(RowsOf)] : null;
        _wordsBefore = new long[corpus.Chunks.Count + 1];
        for (var i = 0; i < corpus.Chunks.Count; i++)
        {
            _wordsBefore[i + 1] = _wordsBefore[i] + corpus.Chunks[i].Words;
        }
    }

    public WordTrainingOptions Options { get; }

    public WordVocabulary Vocabulary { get; }

    public Subwords Subwords { get; }

    /// <summary>Row i belongs to word i; the rows of the n-gram buckets follow.</summary>
    public NumberTable Input { get; }

    /// <summary>Row i belongs to word i, or to inner node i of the Huffman tree.</summary>
    public NumberTable Output { get; }

    public float[] ChancesToKeep { get; }

    public NegativeSampler? Negatives { get; }

    public HuffmanTree? Tree { get; }

    /// <summary>For each word its own row and the rows of its n-grams; null without n-grams.</summary>
    public int[][]? Ngrams { get; }

    /// <summary>Number of chunks in all epochs.</summary>
    public long Chunks => (long)_corpus.Chunks.Count * Options.Epochs;

    /// <summary>Trains on the remaining chunks, on all threads.</summary>
    /// <param name="done">Number of chunks that are already finished.</param>
    /// <param name="save">Called periodically with the number of finished chunks, while no chunk is being processed.</param>
    /// <param name="progress">Optional progress callback, in words.</param>
    /// <param name="cancellationToken">Stops after the chunks that are being processed.</param>
    /// <returns>Number of finished chunks; less than the total if the training was canceled.</returns>
    public long Run(long done, Action<long>? save, IProgress<WordTrainingProgress>? progress, CancellationToken cancellationToken)
    {
        while (done < Chunks && !cancellationToken.IsCancellationRequested)
        {
            using var pause = new CancellationTokenSource(save is null ? Timeout.InfiniteTimeSpan : BetweenCheckpoints);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(pause.Token, cancellationToken);
            done = RunUntil(done, progress, stop.Token);
            save?.Invoke(done);
        }

        return done;
    }

    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
    }

    private long RunUntil(long done, IProgress<WordTrainingProgress>? progress, CancellationToken stop)
    {
        var next = done - 1;
        var threads = Options.Threads > 0 ? Options.Threads : Environment.ProcessorCount;
        var work = Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var chunks = new ChunkTrainer(this);
                while (!stop.IsCancellationRequested && Interlocked.Increment(ref next) is var number && number < Chunks)
                {
                    Learn(chunks, number);
                    progress?.Report(new WordTrainingProgress("words learned", WordsBefore(number + 1), WordsBefore(Chunks)));
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        Task.WaitAll(work, CancellationToken.None);

        // A thread that reached the end has incremented the counter once more; a thread that was canceled has not.
        return Math.Min(next + 1, Chunks);
    }

    private void Learn(ChunkTrainer trainer, long number)
    {
        var rate = Options.Rate - ((Options.Rate - Options.LastRate) * WordsBefore(number) / WordsBefore(Chunks));
        trainer.Learn(_corpus.Of(_corpus.Chunks[(int)(number % _corpus.Chunks.Count)]), number, (float)rate);
    }

    private long WordsBefore(long chunk) => (chunk / _corpus.Chunks.Count * _wordsBefore[^1]) + _wordsBefore[chunk % _corpus.Chunks.Count];

    private int[] RowsOf(string word, int row)
    {
        var rows = new List<int>();
        Subwords.Add(Encoding.UTF8.GetBytes(word), rows);
        return [row, .. rows.Select(bucket => Vocabulary.Words.Length + bucket)];
    }
}
