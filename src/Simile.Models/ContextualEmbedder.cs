using Simile.Models.Text;
using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>
/// The vector of each token of a text: of a transformer the hidden state at its place, which depends on the whole text; of a static model
/// the token's row of the table, which does not.
/// </summary>
/// <remarks>Thread-safe. Owns the network: dispose it. A text's vectors do not depend on the other texts.</remarks>
public sealed class ContextualEmbedder : IDisposable
{
    private readonly Tokenizer _tokenizer;
    private readonly TextRunner? _runner;
    private readonly StaticEncoder? _table;

    private ContextualEmbedder(Tokenizer tokenizer, TextRunner runner) =>
        (_tokenizer, _runner, Dimensions) = (tokenizer, runner, runner.Width);

    private ContextualEmbedder(StaticEncoder table) =>
        (_tokenizer, _table, Dimensions) = (table.Tokenizer.With(null, null), table, table.Dimensions);

    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; }

    /// <summary>Whether a token's vector depends on the text around it.</summary>
    public bool IsContextual => _runner is not null;

    /// <summary>Loads a transformer or a static model from its folder, or from the hub's cache.</summary>
    /// <param name="model">The folder or name.</param>
    /// <param name="layer">The layer to read, such as hidden_states.3; null for the last one.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such model.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="NotSupportedException">The model has no vectors of tokens.</exception>
    public static ContextualEmbedder Load(string model, string? layer = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        if (model == TextEmbedder.BuiltIn)
        {
            throw new NotSupportedException(
                $"{model} has a vector for each text and none for its tokens: name a transformer, such as ./all-MiniLM-L6-v2.");
        }

        var folder = ModelFolder.Find(model);
        return folder.Kind switch
        {
            ModelKind.Static when layer is null => new ContextualEmbedder(StaticEncoder.Load(folder.Path)),
            ModelKind.Transformer => OfTransformer(folder, layer),
            _ =>
                throw new NotSupportedException(
                    $"{model} has no {(layer is null ? "vectors of tokens" : $"layer {layer}")}: "
                    + "name a transformer, such as ./all-MiniLM-L6-v2."),
        };
    }

    /// <summary>
    /// The tokens of each text, without special tokens that the model adds, and their vectors, which are not normalized.
    /// </summary>
    /// <param name="texts">The texts. What is longer than the model takes is cut off.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public TokenVector[][] Embed(IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var (encodings, tokens) = (
            texts.Select(text => _tokenizer.Encode(text, addSpecialTokens: _runner is not null)).ToArray(), new TokenVector[texts.Count][]);
        if (_runner is null)
        {
            return Array.ConvertAll(encodings, encoding => Take(encoding, (i, vector) => _table!.AddToken(encoding.Ids[i], vector)));
        }

        var batcher = new Batcher(texts.Count, i => encodings[i].Ids, _runner.Batching(new BatcherOptions()));
        batcher.RunAll(batch => _runner.Run(batch, Keep), cancellationToken);
        return tokens;

        void Keep(int row, ReadOnlySpan<float> hidden)
        {
            var states = hidden.ToArray();
            tokens[row] = Take(encodings[row], (i, vector) => states.AsSpan(i * Dimensions, Dimensions).CopyTo(vector));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner?.Dispose();
        _table?.Dispose();
    }

    private static ContextualEmbedder OfTransformer(ModelFolder folder, string? layer)
    {
        var modules = SentenceModules.Read(folder);
        var tokenizer = Tokenizer.Load(modules.Transformer.Path);
        var runner = TextRunner.Load(modules.Transformer, "last_hidden_state", tokenizer.Special.Padding ?? 0, layer: layer);
        if (runner.Pooled)
        {
            runner.Dispose();
            throw new NotSupportedException($"The network of {folder.Path} has one vector for a text and none for its tokens.");
        }

        var most = Math.Min(modules.MaxSequenceLength ?? int.MaxValue, runner.MaxPositions ?? int.MaxValue);
        return new ContextualEmbedder(tokenizer.With(most < int.MaxValue ? new Truncation(most) : null, null), runner);
    }

    private TokenVector[] Take(Encoding encoding, Action<int, float[]> fill)
    {
        var tokens = new List<TokenVector>();
        for (var i = 0; i < encoding.Ids.Length; i++)
        {
            if (encoding.SpecialTokensMask[i] == 0)
            {
                var vector = new float[Dimensions];
                fill(i, vector);
                tokens.Add(new TokenVector(encoding.Tokens[i], encoding.Offsets[i].Start, encoding.Offsets[i].End, vector));
            }
        }

        return [.. tokens];
    }
}
