using System.Numerics.Tensors;
using Simile.Models.Text;
using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>
/// Embeds each token of a text with ColBERT (Khattab and Zaharia 2020): for each query token, the score takes the most similar
/// token of a document, and sums these similarities.
/// </summary>
/// <remarks>Thread-safe. Owns the network: dispose it. A text's vectors do not depend on the other texts.</remarks>
public sealed class TokenEmbedder : IDisposable
{
    private readonly TextRunner _runner;
    private readonly Tokenizer _tokenizer;
    private readonly LateInteraction _settings;
    private readonly VectorStep[] _steps;

    private TokenEmbedder(TextRunner runner, Tokenizer tokenizer, LateInteraction settings, VectorStep[] steps)
    {
        (_runner, _tokenizer, _settings, _steps) = (runner, tokenizer, settings, steps);
        Dimensions = steps.Aggregate(runner.Width, (width, step) => step.Output(width));
    }

    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; }

    /// <summary>
    /// Loads a model from its folder, in PyLate's layout or that of ColBERT's authors, or from the hub's cache on this machine.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">The folder or cached model does not exist.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the model has no token vectors.</exception>
    /// <exception cref="NotSupportedException">The model is of a family that is not supported.</exception>
    public static TokenEmbedder Load(string model)
    {
        var folder = ModelFolder.Find(model);
        var modules = SentenceModules.Read(folder);
        var tokenizer = Tokenizer.Load(modules.Transformer.Path);
        var settings = LateInteraction.Read(folder, tokenizer);
        VectorStep[] steps = modules.Steps.Count > 0 ? [.. modules.Steps] : [DenseStep.Projection(modules.Transformer)];
        var runner = TextRunner.Load(modules.Transformer, "last_hidden_state", tokenizer.Special.Padding ?? 0);
        try
        {
            var most = runner.MaxPositions ?? int.MaxValue;
            settings = settings with
            {
                QueryLength = Math.Min(settings.QueryLength, most),
                DocumentLength = Math.Min(settings.DocumentLength, most),
            };
            return new TokenEmbedder(runner, tokenizer, settings, steps);
        }
        catch
        {
            runner.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The vectors of each query's tokens, of length 1. Short queries are padded with the mask token as the model says; the padding has
    /// vectors too.
    /// </summary>
    /// <param name="texts">The queries.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public VectorMatrix[] EmbedQueries(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        Embed(texts, isQuery: true, cancellationToken);

    /// <summary>The vectors of each document's tokens, of length 1, without punctuation. Longer documents are truncated.</summary>
    /// <param name="texts">The documents.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public VectorMatrix[] EmbedDocuments(IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        Embed(texts, isQuery: false, cancellationToken);

    /// <summary>
    /// The MaxSim score of a document for a query: the sum over query vectors of the largest dot product with a document vector. Greater is
    /// closer.
    /// </summary>
    /// <param name="query">The query's vectors.</param>
    /// <param name="document">The document's vectors. May be empty.</param>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    public static float Score(VectorMatrix query, VectorMatrix document)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(document);
        if (query.Dimensions != document.Dimensions)
        {
            throw new ArgumentException(
                $"The query's vectors have {query.Dimensions} dimensions, the document's {document.Dimensions}.", nameof(document));
        }

        var score = 0f;
        for (var i = 0; i < query.Count && document.Count > 0; i++)
        {
            var best = float.NegativeInfinity;
            for (var j = 0; j < document.Count; j++)
            {
                best = Math.Max(best, TensorPrimitives.Dot<float>(query[i], document[j]));
            }

            score += best;
        }

        return score;
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();

    private VectorMatrix[] Embed(IReadOnlyList<string> texts, bool isQuery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var vectors = new VectorMatrix[texts.Count];
        var tokens = new (int[] Ids, int Seen)[texts.Count];
        var batcher = new Batcher(texts.Count, Tokenize, _runner.Batching(new BatcherOptions()));
        batcher.RunAll(batch => _runner.Run(batch, Keep, seen: Array.ConvertAll(batch.Rows, row => tokens[row].Seen)), cancellationToken);
        return vectors;

        int[] Tokenize(int i)
        {
            tokens[i] = _settings.Tokenize(
                _tokenizer, texts[i] ?? throw new ArgumentException($"Text {i} of {texts.Count} is null.", nameof(texts)), isQuery);
            return tokens[i].Ids;
        }

        void Keep(int row, ReadOnlySpan<float> hidden) => vectors[row] = Finish(hidden, tokens[row].Ids, isQuery);
    }

    private VectorMatrix Finish(ReadOnlySpan<float> hidden, int[] ids, bool isQuery)
    {
        var kept = Enumerable.Range(0, ids.Length).Where(i => isQuery || !_settings.Skipped.Contains(ids[i])).ToArray();
        var vectors = new VectorMatrix(kept.Length, Dimensions);
        for (var i = 0; i < kept.Length; i++)
        {
            var vector = hidden.Slice(kept[i] * _runner.Width, _runner.Width);
            foreach (var step in _steps)
            {
                Span<float> next = new float[step.Output(vector.Length)];
                step.Apply(vector, next);
                vector = next;
            }

            vector.CopyTo(vectors[i]);
            Pooling.Normalize(vectors[i]);
        }

        return vectors;
    }
}
