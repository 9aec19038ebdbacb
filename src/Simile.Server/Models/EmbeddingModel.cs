using Microsoft.Extensions.AI;
using Simile.Server.Batching;
using Simile.Tokenizers;

namespace Simile.Server.Models;

/// <summary>A model that embeds texts, pictures or sounds, or several of them.</summary>
internal sealed class EmbeddingModel : LoadedModel, ITokenEmbedder
{
    private readonly WorkQueue<TextInput, EmbeddedText> _texts;
    private readonly WorkQueue<DataContent, EmbeddedMedia> _media;
    private readonly WorkQueue<string, TokenVector[]> _tokens;
    private readonly MediaEmbeddingGenerator _generator;
    private readonly Lazy<ContextualEmbedder> _contextual;

    public EmbeddingModel(MultimodalModel model, string id, SimileServerOptions options)
    {
        Model = model;
        _generator = new MediaEmbeddingGenerator(model);
        _texts = new(Embed, Cost, options, id);
        _media = new(Embed, Cost, options, id);

        // A second copy of the network, without pooling. Few ask for it.
        _contextual = new(() => ContextualEmbedder.Load(model.Name));
        _tokens = new((texts, stop) => _contextual.Value.Embed(texts, stop), TextInput.EstimateTokens, options, id);
    }

    /// <summary>The model.</summary>
    public MultimodalModel Model { get; }

    /// <inheritdoc/>
    public override string Role => "an embedding model";

    /// <inheritdoc/>
    public override int? MaxTokens =>
        Model.Knows(MediaKind.Text) && Model.Texts.MaxSequenceLength < int.MaxValue ? Model.Texts.MaxSequenceLength : null;

    /// <inheritdoc/>
    public override Tokenizer? Tokenizer => Model.Knows(MediaKind.Text) ? Model.Texts.Tokenizer : null;

    public Task<EmbeddedText[]> EmbedAsync(IReadOnlyList<TextInput> texts, CancellationToken cancellationToken)
    {
        Model.Require(MediaKind.Text);
        return _texts.RunAsync(texts, cancellationToken);
    }

    public Task<EmbeddedMedia[]> EmbedAsync(IReadOnlyList<DataContent> contents, MediaKind kind, CancellationToken cancellationToken)
    {
        Model.Require(kind);
        return _media.RunAsync(contents, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReadOnlyMemory<float>>[]> EmbedTokensAsync(
        IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        Model.Require(MediaKind.Text);
        var tokens = await _tokens.RunAsync(texts, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(tokens, text => (IReadOnlyList<ReadOnlyMemory<float>>)[.. text.Select(token => token.Vector)]);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _tokens.DisposeAsync().ConfigureAwait(false);
        if (_contextual.IsValueCreated)
        {
            _contextual.Value.Dispose();
        }

        await _texts.DisposeAsync().ConfigureAwait(false);
        await _media.DisposeAsync().ConfigureAwait(false);
        Model.Dispose();
    }

    private int Cost(TextInput input) => Math.Min(TextInput.EstimateTokens(input.Text), Model.Texts.MaxSequenceLength);

    // The time of a picture is about that of a page of text; a sound's grows with its length.
    private static int Cost(DataContent content) => 256 + (content.Data.Length / 1024);

    private EmbeddedText[] Embed(IReadOnlyList<TextInput> inputs, CancellationToken cancellationToken)
    {
        var outputs = new EmbeddedText[inputs.Count];
        foreach (var group in Enumerable.Range(0, inputs.Count).GroupBy(i => inputs[i].Prompt))
        {
            int[] rows = [.. group];
            var embedded = Model.Texts.EmbedWithUsage(Array.ConvertAll(rows, row => inputs[row].Text), group.Key, null, cancellationToken);
            var cut = embedded.CutTexts.ToHashSet();
            for (var i = 0; i < rows.Length; i++)
            {
                outputs[rows[i]] = new EmbeddedText(embedded.Vectors, i, embedded.TextTokens[i], cut.Contains(i));
            }
        }

        return outputs;
    }

    // One unreadable picture fails its own request and no other.
    private EmbeddedMedia[] Embed(IReadOnlyList<DataContent> contents, CancellationToken cancellationToken)
    {
        var outputs = new EmbeddedMedia[contents.Count];
        Parallel.For(
            0,
            contents.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            i =>
            {
                try
                {
                    var embedded = _generator.GenerateAsync([contents[i]], null, cancellationToken).GetAwaiter().GetResult();
                    outputs[i] = new EmbeddedMedia(embedded[0].Vector, null);
                }
                catch (Exception e) when (e is InvalidDataException or NotSupportedException or ArgumentException)
                {
                    outputs[i] = new EmbeddedMedia(default, e.Message);
                }
            });
        return outputs;
    }
}
