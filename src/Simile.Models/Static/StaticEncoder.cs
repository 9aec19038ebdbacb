using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Simile.Models.Checkpoints;
using Simile.Models.Text;
using Simile.Numerics;
using Simile.Numerics.Memory;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>
/// A static model: the vector of a text is the mean of its token vectors without special tokens. A text without tokens has the zero vector.
/// Two kinds of folders are supported, each as in its own library: Model2Vec (named in config.json; unknown tokens are left out, at most
/// 512 tokens count) and StaticEmbedding of sentence-transformers (named in modules.json; every token counts).
/// </summary>
/// <remarks>Thread-safe. Disposing closes the mapped file.</remarks>
internal sealed class StaticEncoder : TextEncoder
{
    private const int Model2VecTokens = 512;

    // A thread keeps a buffer of up to this many ids for its next text.
    private const int MostKept = 1 << 17;

    [ThreadStatic]
    private static List<int>? _ids;
    private readonly Checkpoint _checkpoint;
    private readonly TokenTable _table;
    private readonly bool _normalize;
    private readonly int? _dropped;
    private readonly int _longestText;
    private readonly ReaderGate _reads = new("The model was disposed: load it again, or dispose it when nobody uses it any more.");

    // Enough texts that a work item outweighs its scheduling, few enough that all cores finish together.
    private const int TextsAtOnce = 256;

    private StaticEncoder(StaticFiles files, Checkpoint checkpoint)
    {
        _checkpoint = checkpoint;
        _table = files.ReadTable(checkpoint);
        _normalize = files.Normalize;
        Tokenizer = Tokenizer.Load(files.Tokenizer);
        if (Tokenizer.VocabularySize > _table.TokenCount)
        {
            throw new InvalidDataException(
                $"'{files.Tokenizer}' has {Tokenizer.VocabularySize} tokens, but the table beside it has vectors for {_table.TokenCount}: "
                + "they belong to different models.");
        }

        MaxSequenceLength = files.IsModel2Vec ? Model2VecTokens : int.MaxValue;
        _dropped = files.IsModel2Vec ? files.UnknownToken(Tokenizer) : null;
        _longestText = files.IsModel2Vec ? Model2VecTokens * MedianTokenLength() : int.MaxValue;
    }

    /// <inheritdoc/>
    public override Tokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public override int Dimensions => _table.Dimensions;

    /// <inheritdoc/>
    public override int MaxSequenceLength { get; }

    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds no static model.</exception>
    public static StaticEncoder Load(string folder)
    {
        var files = StaticFiles.Find(folder)
            ?? throw new InvalidDataException($"'{folder}' holds no static model: neither config.json nor modules.json names one.");
        var checkpoint = SafeTensors.Open(files.Table);
        try
        {
            return new StaticEncoder(files, checkpoint);
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Encode(
        IReadOnlyList<string> texts, string prompt, VectorMatrix vectors, EncodingRun run, CancellationToken cancellationToken)
    {
        EachCore.Run((texts.Count + TextsAtOnce - 1) / TextsAtOnce, part =>
        {
            var (start, end) = (part * TextsAtOnce, Math.Min((part + 1) * TextsAtOnce, texts.Count));
            using (_reads.Enter())
            {
                for (var text = start; text < end; text++)
                {
                    var whole = prompt.Length == 0 ? texts[text] : prompt + texts[text];
                    run.Count(text, Encode(whole, vectors[text], out var cut));
                    if (cut)
                    {
                        run.Cut(text);
                    }
                }
            }

            run.Finish(end - start);
        }, cancellationToken);
    }

    /// <summary>Writes the vector of a text to <paramref name="vector"/> and returns the number of tokens.</summary>
    public int Encode(string text, Span<float> vector) => Encode(text, vector, out _);

    /// <summary>Adds the weighted vector of one token to <paramref name="vector"/>.</summary>
    public void AddToken(int id, Span<float> vector)
    {
        using (_reads.Enter())
        {
            _table.Add([id], vector);
        }
    }

    private int Encode(string text, Span<float> vector, out bool cut)
    {
        var ids = _ids ??= [];
        ids.Clear();
        var read = Cut(text);
        Tokenizer.EncodeIds(read, ids, addSpecialTokens: false);
        var counted = Counted(ids);
        cut = read.Length < text.Length || counted.Length < ids.Count;
        Average(counted, vector);
        if (ids.Capacity > MostKept)
        {
            _ids = null;
        }

        return counted.Length;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_reads.Close())
        {
            _checkpoint.Dispose();
        }

        base.Dispose();
    }

    private void Average(ReadOnlySpan<int> tokens, Span<float> vector)
    {
        vector.Clear();
        _table.Add(tokens, vector);
        var scale = 1f / Math.Max(tokens.Length, 1);
        if (_normalize)
        {
            var norm = TensorPrimitives.Norm(vector);
            scale = norm > 0 ? 1 / norm : 0;
        }

        TensorPrimitives.Multiply(vector, scale, vector);
    }

    private ReadOnlySpan<int> Counted(List<int> ids)
    {
        if (_dropped is { } dropped)
        {
            ids.RemoveAll(id => id == dropped);
        }

        var all = CollectionsMarshal.AsSpan(ids);
        return all[..Math.Min(all.Length, MaxSequenceLength)];
    }

    // Model2Vec truncates long texts by characters before tokenizing.
    private ReadOnlySpan<char> Cut(string text)
    {
        if (text.Length <= _longestText)
        {
            return text;
        }

        var end = 0;
        for (var characters = 0; characters < _longestText && end < text.Length; characters++)
        {
            end += char.IsHighSurrogate(text[end]) && end + 1 < text.Length && char.IsLowSurrogate(text[end + 1]) ? 2 : 1;
        }

        return text.AsSpan(0, end);
    }

    // In code points, as in Python; numpy's median truncated to an integer.
    private int MedianTokenLength()
    {
        var lengths = Enumerable.Range(0, Tokenizer.VocabularySize)
            .Select(Tokenizer.IdToToken)
            .OfType<string>()
            .Select(token => token.EnumerateRunes().Count())
            .Order()
            .ToArray();
        return lengths.Length == 0 ? 1 : Math.Max(1, (lengths[(lengths.Length - 1) / 2] + lengths[lengths.Length / 2]) / 2);
    }
}
