using System.Globalization;
using System.Numerics.Tensors;
using Simile.Models.Checkpoints;
using Simile.Models.Text;
using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models.Words;

/// <summary>
/// Latent semantic analysis as a text encoder: the TF-IDF vector of a text is normalized to length 1 and multiplied by the right
/// singular vectors of the training texts (Deerwester et al. 1990). A text without a known word gets the zero vector.
/// </summary>
/// <remarks>
/// Safe for concurrent use. Stored as a folder: config.json with model_type "lsa"; words.txt with one word per line; model.safetensors with
/// "components" (one row of <see cref="Dimensions"/> numbers per word) and "idf" (one number per word).
/// </remarks>
internal sealed class LsaEncoder : TextEncoder
{
    public const string ModelType = "lsa";
    private const int TextsAtOnce = 64;

    private readonly string[] _words;
    private readonly Dictionary<string, int> _rows;
    private readonly float[] _idf;
    private readonly VectorMatrix _components;
    private readonly Lazy<Tokenizer> _tokenizer;

    public LsaEncoder(string[] words, float[] idf, VectorMatrix components)
    {
        (_words, _idf, _components) = (words, idf, components);
        _rows = new Dictionary<string, int>(words.Length, StringComparer.Ordinal);
        for (var row = 0; row < words.Length; row++)
        {
            _rows.TryAdd(words[row], row);
        }

        _tokenizer = new Lazy<Tokenizer>(() => Tokenizer.FromWords([.. _rows.Keys]));
    }

    /// <inheritdoc/>
    public override int Dimensions => _components.Dimensions;

    /// <inheritdoc/>
    public override int MaxSequenceLength => int.MaxValue;

    /// <inheritdoc/>
    public override Tokenizer Tokenizer => _tokenizer.Value;

    /// <summary>Loads the model from a folder.</summary>
    /// <exception cref="InvalidDataException">A file is damaged or belongs to another kind of model.</exception>
    public static LsaEncoder Load(ModelFolder folder)
    {
        var words = File.ReadAllLines(folder.File("words.txt"));
        using var checkpoint = SafeTensors.Open(folder.File("model.safetensors"));
        var (components, idf) = (checkpoint.Find("components"), checkpoint.Find("idf"));
        if (components?.Shape is not [var rows, > 0 and <= 65536 and var dimensions]
            || idf?.Shape is not [var count] || rows != words.Length || count != rows)
        {
            throw new InvalidDataException(
                $"The words, components and idf of {folder.Path} do not match: the folder is damaged. Make it again.");
        }

        var (vectors, weights) = (components.ToFloats().ToArray(), idf.ToFloats().ToArray());
        return Finite.All(vectors) && Finite.All(weights) ? new LsaEncoder(words, weights, new VectorMatrix(vectors, (int)dimensions))
            : throw new InvalidDataException(
                $"model.safetensors of {folder.Path} holds NaN or infinity: the folder is damaged. Make it again.");
    }

    /// <summary>Writes the folder. model.safetensors is written last, so a folder without it is incomplete.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, "config.json"),
            string.Create(CultureInfo.InvariantCulture, $"{{\n  \"model_type\": \"{ModelType}\",\n  \"hidden_size\": {Dimensions}\n}}\n"));
        File.WriteAllText(Path.Combine(folder, "words.txt"), string.Concat(_words.Select(word => word + "\n")));
        SafeTensorsWriter.Write(Path.Combine(folder, "model.safetensors"),
        [
            new TensorPart(
                "components",
                DType.F32,
                [_words.Length, Dimensions],
                () => System.Runtime.InteropServices.MemoryMarshal.AsBytes(_components.AsSpan()).ToArray()),
            new TensorPart(
                "idf", DType.F32, [_words.Length], () => System.Runtime.InteropServices.MemoryMarshal.AsBytes(_idf.AsSpan()).ToArray()),
        ]);
    }

    /// <inheritdoc/>
    public override void Encode(
        IReadOnlyList<string> texts, string prompt, VectorMatrix vectors, EncodingRun run, CancellationToken cancellationToken) =>
        EachCore.Run((texts.Count + TextsAtOnce - 1) / TextsAtOnce, part =>
        {
            var (start, end) = (part * TextsAtOnce, Math.Min((part + 1) * TextsAtOnce, texts.Count));
            for (var text = start; text < end; text++)
            {
                var terms = LsaTerms.Of(prompt.Length == 0 ? texts[text] : prompt + texts[text]);
                run.Count(text, terms.Count);
                Project(LsaTerms.Weights(terms, _rows, _idf), vectors[text]);
            }

            run.Finish(end - start);
        }, cancellationToken);

    private void Project(IReadOnlyList<(int Row, float Weight)> terms, Span<float> vector)
    {
        vector.Clear();
        foreach (var (row, weight) in terms)
        {
            TensorPrimitives.MultiplyAdd(_components[row], weight, vector, vector);
        }
    }
}

/// <summary>Tokens of a text for LSA and their weights, the same as in scikit-learn's TfidfVectorizer.</summary>
internal static class LsaTerms
{
    /// <summary>
    /// Runs of two or more letters, digits and underscores, in lower case. In scripts that do not put spaces between words: each letter and
    /// each pair of adjacent letters.
    /// </summary>
    public static List<string> Of(string text)
    {
        var (terms, lower) = (new List<string>(), text.ToLowerInvariant());
        for (var start = 0; start < lower.Length;)
        {
            var end = start;
            while (end < lower.Length && IsWord(lower[end]))
            {
                end++;
            }

            AddRun(lower.AsSpan(start, end - start), terms);
            start = end + 1;
        }

        return terms;
    }

    /// <summary>The rows of known words, ascending, with their TF-IDF weights normalized to length 1.</summary>
    public static IReadOnlyList<(int Row, float Weight)> Weights(List<string> terms, Dictionary<string, int> rows, float[] idf)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (var term in terms)
        {
            if (rows.TryGetValue(term, out var row))
            {
                counts[row] = counts.GetValueOrDefault(row) + 1;
            }
        }

        var norm = Math.Sqrt(counts.Sum(count => Math.Pow(count.Value * (double)idf[count.Key], 2)));
        return [.. counts.Select(count => (count.Key, (float)(count.Value * idf[count.Key] / norm)))];
    }

    private static void AddRun(ReadOnlySpan<char> run, List<string> terms)
    {
        if (!run.ContainsAnyInRange('\u3040', '\u9FFF'))
        {
            if (run.Length > 1)
            {
                terms.Add(run.ToString());
            }

            return;
        }

        for (var i = 0; i < run.Length; i++)
        {
            terms.Add(run.Slice(i, 1).ToString());
            if (i + 1 < run.Length)
            {
                terms.Add(run.Slice(i, 2).ToString());
            }
        }
    }

    private static bool IsWord(char letter) =>
        char.IsLetterOrDigit(letter) || letter == '_'
        || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
