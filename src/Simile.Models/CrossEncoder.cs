using Simile.Models.Text;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>Scores pairs of texts by reading both together (a reranker). Slower and more accurate than comparing vectors.</summary>
/// <remarks>
/// Thread-safe. A call with many pairs uses all cores. Owns the network: dispose it. The score of a pair does not depend on the other
/// pairs.
/// </remarks>
public sealed partial class CrossEncoder : IDisposable
{
    private readonly ClassificationHead _head;
    private readonly Tokenizer _tokenizer;
    private readonly bool _sigmoid;

    private CrossEncoder(ClassificationHead head, bool sigmoid)
    {
        (_head, _sigmoid) = (head, sigmoid);
        _tokenizer = head.Tokenizer.With(new Truncation(head.MaxSequenceLength), null);
    }

    /// <summary>
    /// Maximum length of a pair in tokens, special tokens included. In a longer pair, the longer text is shortened first.
    /// </summary>
    public int MaxSequenceLength => _head.MaxSequenceLength;

    /// <summary>Loads a model with a one-label classification head from a folder or from the hub's cache on this machine.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder or cached model does not exist.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the head has more labels.</exception>
    /// <exception cref="NotSupportedException">The model is of a family that is not supported.</exception>
    public static CrossEncoder Load(string model)
    {
        var folder = ModelFolder.Find(model);
        var head = ClassificationHead.Open(folder) ?? throw IsNone(folder);
        try
        {
            return head.Labels == 1 ? new CrossEncoder(head, UsesSigmoid(folder)) : throw IsNone(folder);
        }
        catch
        {
            head.Dispose();
            throw;
        }
    }

    /// <summary>Scores several texts against a query: greater is better.</summary>
    /// <param name="query">The first text of each pair.</param>
    /// <param name="texts">The second texts.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>One score per text, in order. From 0 to 1 if the model's folder asks for a sigmoid, as most do.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public float[] Score(string query, IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(texts);
        return Score([.. texts.Select(text => (query, text))], cancellationToken);
    }

    /// <summary>Scores pairs of texts: greater is better.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>One score per pair, in order.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public float[] Score(IReadOnlyList<(string First, string Second)> pairs, CancellationToken cancellationToken = default)
    {
        var scores = Logits(pairs, cancellationToken);
        return Array.ConvertAll(scores, Activate);
    }

    /// <summary>The score of a logit: its sigmoid if the model's folder asks for one, as most do; otherwise the logit itself.</summary>
    public float Activate(float logit) => _sigmoid ? 1 / (1 + MathF.Exp(-logit)) : logit;

    /// <summary>The network's output for each pair, without the activation that the model's folder asks for. Greater is better.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>One number per pair, in order.</returns>
    /// <exception cref="ArgumentException">A text is null.</exception>
    public float[] Logits(IReadOnlyList<(string First, string Second)> pairs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        for (var i = 0; i < pairs.Count; i++)
        {
            _ = pairs[i] is (not null, not null)
                ? 0
                : throw new ArgumentException($"Pair {i} of {pairs.Count} has a text that is null.", nameof(pairs));
        }

        var logits = new float[pairs.Count];
        _head.Run(
            pairs.Count,
            i => _tokenizer.Encode(pairs[i].First, pairs[i].Second),
            (row, logit) => logits[row] = logit[0],
            null,
            cancellationToken);
        return logits;
    }

    /// <inheritdoc/>
    public void Dispose() => _head.Dispose();

    private static InvalidDataException IsNone(ModelFolder folder) =>
        new(
            $"{folder.Path} is not a cross-encoder: its network has no classification head with one label. "
            + "Load it as a TextEmbedder, or use a reranker model.");

    // sentence-transformers 6 writes the activation beside the prompts, 4 and 5 write it to config.json, and older releases use another
    // name there. A single label means a sigmoid by default.
    private static bool UsesSigmoid(ModelFolder folder)
    {
        string? name = null;
        if (folder.Exists("config_sentence_transformers.json"))
        {
            using var settings = folder.Json("config_sentence_transformers.json");
            name = JsonFile.Text(settings.RootElement, "activation_fn");
        }

        if (name is null)
        {
            using var config = folder.Json("config.json");
            name = JsonFile.Optional(config.RootElement, "sentence_transformers") is { } older
                ? JsonFile.Text(older, "activation_fn")
                : null;
            name ??= JsonFile.Text(config.RootElement, "sbert_ce_default_activation_function");
        }

        return name?.Split('.')[^1] switch
        {
            null or "Sigmoid" => true,
            "Identity" => false,
            var other => throw new InvalidDataException($"{folder.Path} asks for the activation \"{other}\", which is unknown."),
        };
    }
}
