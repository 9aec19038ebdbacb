using Simile.Models.Architectures;
using Simile.Models.Onnx;
using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models.Text;

/// <summary>The text tower of CLIP, SigLIP or CLAP.</summary>
internal sealed class TextTowerEncoder : TextEncoder
{
    private readonly TextRunner _runner;
    private readonly BatcherOptions _batching;
    private readonly int? _fill;
    private readonly bool _lowerCase;

    private TextTowerEncoder(TextRunner runner, Tokenizer tokenizer, TowerTexts texts, BatcherOptions batching)
    {
        (_runner, _batching, _lowerCase) = (runner, batching, texts.LowerCase);
        (Tokenizer, MaxSequenceLength) = (tokenizer, texts.Length);
        _fill = texts.IsFilled ? texts.Padding : null;
    }

    /// <inheritdoc/>
    public override int Dimensions => _runner.Width;

    /// <inheritdoc/>
    public override int MaxSequenceLength { get; }

    /// <inheritdoc/>
    public override Tokenizer Tokenizer { get; }

    /// <summary>Opens the text tower of a folder.</summary>
    public static TextTowerEncoder Load(DualEncoderFolder folder, TextEmbedderOptions options)
    {
        var batching = options.BitEqual ? new BatcherOptions { TokenBudget = 0 } : new BatcherOptions();
        var tokenizer = Tokenizer.Load(folder.Files.Path);
        var output = options.Layer ?? "text_embeds";
        return folder.Build((config, checkpoint) =>
        {
            var texts = TowerTexts.Read(config, folder.Files, tokenizer.Special.Padding);
            var model = DualEncoderNetwork.BuildText(config, checkpoint, [output], new OnnxModelOptions { Threads = batching.Threads });
            var runner = TextRunner.Open(model, output, texts.Padding, texts.Length);
            return new TextTowerEncoder(runner, tokenizer, texts, runner.Batching(batching));
        });
    }

    /// <inheritdoc/>
    public override void Encode(
        IReadOnlyList<string> texts, string prompt, VectorMatrix vectors, EncodingRun run, CancellationToken cancellationToken) =>
        _runner.RunAll(
            texts.Count,
            i => Tokenize(prompt + texts[i], i, run),
            _batching,
            (row, values) => values.CopyTo(vectors[row]),
            run,
            cancellationToken);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _runner.Dispose();
        base.Dispose();
    }

    private int[] Tokenize(string text, int index, EncodingRun run)
    {
        var ids = new List<int>(MaxSequenceLength);
        Tokenizer.EncodeIds(_lowerCase ? text.ToLowerInvariant() : text, ids, MaxSequenceLength);
        if (IsCut(text, ids.Count))
        {
            run.Cut(index);
        }

        if (_fill is { } padding)
        {
            ids.AddRange(Enumerable.Repeat(padding, MaxSequenceLength - ids.Count));
        }

        return [.. ids];
    }
}
