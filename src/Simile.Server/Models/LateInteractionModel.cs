using Simile.Numerics;
using Simile.Server.Batching;
using Simile.Tokenizers;

namespace Simile.Server.Models;

/// <summary>A model with a vector for each token (ColBERT). It reranks by MaxSim.</summary>
internal sealed class LateInteractionModel : LoadedModel, IReranker, ITokenEmbedder
{
    private readonly TokenEmbedder _model;
    private readonly WorkQueue<(string Text, bool IsQuery), VectorMatrix> _texts;

    public LateInteractionModel(TokenEmbedder model, string id, SimileServerOptions options)
    {
        _model = model;
        _texts = new(Embed, input => TextInput.EstimateTokens(input.Text), options, id);
    }

    /// <inheritdoc/>
    public override string Role => "a late-interaction model";

    /// <inheritdoc/>
    public override int? MaxTokens => null;

    /// <inheritdoc/>
    public override Tokenizer? Tokenizer => null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>[]> EmbedTokensAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var vectors = await _texts.RunAsync([.. texts.Select(text => (text, false))], cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(vectors, text => (IReadOnlyList<ReadOnlyMemory<float>>)[.. Enumerable.Range(0, text.Count)
            .Select(i => (ReadOnlyMemory<float>)text[i].ToArray())]);
    }

    /// <inheritdoc/>
    public async Task<float[]> ScoreAsync(string query, IReadOnlyList<string> texts, bool isRaw, CancellationToken cancellationToken)
    {
        var vectors = await _texts.RunAsync(
            [(query, true), .. texts.Select(text => (text, false))], cancellationToken).ConfigureAwait(false);
        return [.. vectors.Skip(1).Select(document => TokenEmbedder.Score(vectors[0], document))];
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _texts.DisposeAsync().ConfigureAwait(false);
        _model.Dispose();
    }

    private VectorMatrix[] Embed(IReadOnlyList<(string Text, bool IsQuery)> inputs, CancellationToken cancellationToken)
    {
        var outputs = new VectorMatrix[inputs.Count];
        foreach (var group in Enumerable.Range(0, inputs.Count).GroupBy(i => inputs[i].IsQuery))
        {
            int[] rows = [.. group];
            string[] texts = Array.ConvertAll(rows, row => inputs[row].Text);
            var vectors = group.Key ? _model.EmbedQueries(texts, cancellationToken) : _model.EmbedDocuments(texts, cancellationToken);
            for (var i = 0; i < rows.Length; i++)
            {
                outputs[rows[i]] = vectors[i];
            }
        }

        return outputs;
    }
}
