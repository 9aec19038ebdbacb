using Simile.Server.Batching;
using Simile.Tokenizers;

namespace Simile.Server.Models;

/// <summary>A cross-encoder.</summary>
internal sealed class CrossEncoderModel : LoadedModel, IReranker
{
    private readonly CrossEncoder _model;
    private readonly WorkQueue<(string Query, string Text), float> _pairs;

    public CrossEncoderModel(CrossEncoder model, Tokenizer tokenizer, string id, SimileServerOptions options)
    {
        (_model, Tokenizer) = (model, tokenizer);
        _pairs = new((pairs, stop) => model.Logits(pairs, stop), Cost, options, id);
    }

    /// <inheritdoc/>
    public override string Role => "a re-ranker model";

    /// <inheritdoc/>
    public override int? MaxTokens => _model.MaxSequenceLength;

    /// <inheritdoc/>
    public override Tokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public async Task<float[]> ScoreAsync(string query, IReadOnlyList<string> texts, bool isRaw, CancellationToken cancellationToken)
    {
        var logits = await _pairs.RunAsync([.. texts.Select(text => (query, text))], cancellationToken).ConfigureAwait(false);
        return isRaw ? logits : Array.ConvertAll(logits, _model.Activate);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _pairs.DisposeAsync().ConfigureAwait(false);
        _model.Dispose();
    }

    private int Cost((string Query, string Text) pair) =>
        Math.Min(TextInput.EstimateTokens(pair.Query) + TextInput.EstimateTokens(pair.Text), _model.MaxSequenceLength);
}
