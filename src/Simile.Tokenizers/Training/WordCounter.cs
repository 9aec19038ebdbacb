using System.Runtime.InteropServices;
using System.Text.Json;
using Simile.Tokenizers.Files;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Training;

/// <summary>
/// Counts words exactly as the trained tokenizer will see them. Its normalizer and pre-tokenizers split the text; this class takes the
/// model's place.
/// </summary>
/// <remarks>Not thread-safe: each thread has its own.</remarks>
internal sealed class WordCounter : Model
{
    // Longer words are cut, so that a line of a megabyte does not slow down every merge.
    private const int LongestWord = 1024;
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Workspace _work = new();
    private readonly Pipeline _pipeline;
    private readonly bool _skipsLong;

    private WordCounter(TrainingOptions options)
    {
        _lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
        _skipsLong = options.Kind == TokenizerKind.WordPiece;
        var parts = new JsonField(JsonElement.Parse(TokenizerWriter.Front(options)), "the tokenizer to train");
        _pipeline = new Pipeline
        {
            Normalizer = parts["normalizer"].IsPresent ? TokenizerJson.ReadNormalizer(parts["normalizer"]) : null,
            PreTokenizers = [.. TokenizerJson.ReadPreTokenizers(parts["pre_tokenizer"])],
            Model = this,
        };
    }

    public override int VocabularySize => 0;

    public override int UnknownId => -1;

    /// <summary>Counts the words of texts on all cores.</summary>
    public static WordCounts Count(
        IEnumerable<string> texts, TrainingOptions options, IProgress<TrainingProgress>? progress, CancellationToken stop)
    {
        var total = new Dictionary<string, long>(StringComparer.Ordinal);
        var done = 0L;
        try
        {
            Parallel.ForEach(
                texts.Chunk(256),
                new ParallelOptions { CancellationToken = stop },
                () => new WordCounter(options),
                (chunk, _, counter) =>
                {
                    foreach (var text in chunk)
                    {
                        counter.Add(text);
                    }

                    progress?.Report(new TrainingProgress("texts", Interlocked.Add(ref done, chunk.Length), 0));
                    return counter;
                },
                counter => counter.AddTo(total));
        }
        catch (AggregateException e)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        var words = total.Keys.ToArray();
        Array.Sort(words, StringComparer.Ordinal);
        return new WordCounts(words, Array.ConvertAll(words, word => total[word]));
    }

    public override void Tokenize(AlignedText text, int start, int end, Workspace work)
    {
        if (_skipsLong && end - start > TokenizerWriter.LongestWordPieceWord)
        {
            return;
        }

        for (int from = start, to; from < end; from = to)
        {
            to = Math.Min(end, from + LongestWord);
            to -= to < end && char.IsHighSurrogate(text.Chars[to - 1]) ? 1 : 0;
            CollectionsMarshal.GetValueRefOrAddDefault(_lookup, text.Chars[from..to], out _)++;
        }
    }

    public override int TokenToId(ReadOnlySpan<char> token) => -1;

    public override string? IdToToken(int id) => null;

    private void Add(string text)
    {
        _work.CollectIds(null);
        _pipeline.Tokenize(text, _work);
    }

    private void AddTo(Dictionary<string, long> total)
    {
        lock (total)
        {
            foreach (var (word, count) in _counts)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(total, word, out _) += count;
            }
        }
    }
}
