using Simile.Server.Batching;
using Simile.Tokenizers;

namespace Simile.Server.Models;

/// <summary>A classifier of texts and of pairs of texts.</summary>
internal sealed class ClassifierModel : LoadedModel
{
    private readonly TextClassifier _model;
    private readonly WorkQueue<(string First, string? Second), float[]> _texts;

    public ClassifierModel(TextClassifier model, string id, SimileServerOptions options)
    {
        _model = model;
        Tokenizer = Tokenizer.Load(ModelDescription.Load(model.Name).Folder!);
        _texts = new(Logits, Cost, options, id);
    }

    /// <inheritdoc/>
    public override string Role => "a classifier model";

    /// <inheritdoc/>
    public override int? MaxTokens => _model.MaxSequenceLength;

    /// <inheritdoc/>
    public override Tokenizer Tokenizer { get; }

    /// <summary>The classes.</summary>
    public IReadOnlyList<string> Labels => _model.Labels;

    /// <summary>The probabilities of the labels for each text or pair, or the network's outputs.</summary>
    public async Task<float[][]> ClassifyAsync(
        IReadOnlyList<(string First, string? Second)> texts, bool isRaw, CancellationToken cancellationToken)
    {
        var scores = await _texts.RunAsync(texts, cancellationToken).ConfigureAwait(false);
        if (!isRaw)
        {
            Array.ForEach(scores, logits => _model.Activate(logits));
        }

        return scores;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _texts.DisposeAsync().ConfigureAwait(false);
        _model.Dispose();
    }

    private int Cost((string First, string? Second) input) =>
        Math.Min(TextInput.EstimateTokens(input.First) + TextInput.EstimateTokens(input.Second ?? string.Empty), _model.MaxSequenceLength);

    private float[][] Logits(IReadOnlyList<(string First, string? Second)> inputs, CancellationToken cancellationToken)
    {
        var logits = _model.Logits(inputs, cancellationToken);
        return [.. Enumerable.Range(0, inputs.Count).Select(i => logits[i].ToArray())];
    }
}
