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
        _texts = new(Classify, Cost, options, id);
    }

    /// <inheritdoc/>
    public override string Role => "a classifier model";

    /// <inheritdoc/>
    public override int? MaxTokens => _model.MaxSequenceLength;

    /// <inheritdoc/>
    public override Tokenizer Tokenizer { get; }

    /// <summary>The classes.</summary>
    public IReadOnlyList<string> Labels => _model.Labels;

    /// <summary>The probabilities of the labels for each text or pair.</summary>
    public Task<float[][]> ClassifyAsync(IReadOnlyList<(string First, string? Second)> texts, CancellationToken cancellationToken) =>
        _texts.RunAsync(texts, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _texts.DisposeAsync().ConfigureAwait(false);
        _model.Dispose();
    }

    private int Cost((string First, string? Second) input) =>
        Math.Min(TextInput.EstimateTokens(input.First) + TextInput.EstimateTokens(input.Second ?? string.Empty), _model.MaxSequenceLength);

    private float[][] Classify(IReadOnlyList<(string First, string? Second)> inputs, CancellationToken cancellationToken)
    {
        var outputs = new float[inputs.Count][];
        foreach (var group in Enumerable.Range(0, inputs.Count).GroupBy(i => inputs[i].Second is null))
        {
            int[] rows = [.. group];
            var scores = group.Key
                ? _model.Classify(Array.ConvertAll(rows, row => inputs[row].First), null, cancellationToken)
                : _model.Classify(Array.ConvertAll(rows, row => (inputs[row].First, inputs[row].Second!)), null, cancellationToken);
            for (var i = 0; i < rows.Length; i++)
            {
                outputs[rows[i]] = scores[i].ToArray();
            }
        }

        return outputs;
    }
}
