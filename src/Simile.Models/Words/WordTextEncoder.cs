using System.Numerics.Tensors;
using Simile.Models.Text;
using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models.Words;

/// <summary>
/// A file of word vectors as a text encoder: the mean of the vectors of the words of a text. Words that are not in the file are used only
/// if it has n-grams; a text without known words gets the zero vector, whose cosine with any vector is 0.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class WordTextEncoder : TextEncoder
{
    private const int TextsAtOnce = 256;
    private readonly WordVectors _vectors;
    private readonly TextWords _words;
    private readonly Lazy<Tokenizer> _tokenizer;

    public WordTextEncoder(WordVectors vectors)
    {
        (_vectors, _words) = (vectors, new TextWords(vectors));
        _tokenizer = new Lazy<Tokenizer>(() => Tokenizer.FromWords(vectors.Words));
    }

    /// <inheritdoc/>
    public override int Dimensions => _vectors.Dimensions;

    /// <inheritdoc/>
    public override int MaxSequenceLength => int.MaxValue;

    /// <inheritdoc/>
    public override Tokenizer Tokenizer => _tokenizer.Value;

    /// <inheritdoc/>
    public override void Encode(
        IReadOnlyList<string> texts, string prompt, VectorMatrix vectors, EncodingRun run, CancellationToken cancellationToken) =>
        EachCore.Run((texts.Count + TextsAtOnce - 1) / TextsAtOnce, part =>
        {
            var (start, end) = (part * TextsAtOnce, Math.Min((part + 1) * TextsAtOnce, texts.Count));
            var (known, unknown) = (new List<int>(), new List<string>());
            for (var text = start; text < end; text++)
            {
                known.Clear();
                unknown.Clear();
                _words.Find(prompt.Length == 0 ? texts[text] : prompt + texts[text], known, unknown);
                run.Count(text, known.Count + unknown.Count);
                Average(known, unknown, vectors[text]);
            }

            run.Finish(end - start);
        }, cancellationToken);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _vectors.Dispose();
        base.Dispose();
    }

    private void Average(List<int> known, List<string> unknown, Span<float> sum)
    {
        sum.Clear();
        var (count, vector) = (0, new float[Dimensions]);
        foreach (var row in known)
        {
            _vectors.Copy(row, vector);
            WeightedRow.Add(vector, 1, sum);
            count++;
        }

        foreach (var word in unknown.Where(_ => _vectors.HasSubwords))
        {
            if (_vectors.TryGet(word, vector))
            {
                WeightedRow.Add(vector, 1, sum);
                count++;
            }
        }

        TensorPrimitives.Multiply(sum, 1f / Math.Max(count, 1), sum);
    }
}
