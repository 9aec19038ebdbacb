using Simile.Numerics;
using Simile.Tokenizers;

namespace Simile.Models.Text;

/// <summary>
/// A transformer with pooled token vectors: a SentenceTransformer of sentence-transformers. Also its SparseEncoder,
/// whose vectors have one component per vocabulary entry.
/// </summary>
internal sealed class TransformerEncoder : TextEncoder
{
    private readonly TextRunner _runner;
    private readonly SentenceModules _modules;
    private readonly BatcherOptions _batching;
    private readonly int _width;

    private TransformerEncoder(TextRunner runner, Tokenizer tokenizer, SentenceModules modules, int maxLength, BatcherOptions batching)
    {
        (_runner, _modules, _batching) = (runner, modules, runner.Batching(batching));
        Tokenizer = tokenizer;
        MaxSequenceLength = maxLength;
        _width = modules.Steps.Aggregate(
            runner.Pooled ? runner.Width : runner.Width * modules.Pooling.Modes.Count, (width, step) => step.Output(width));
        Dimensions = modules.Truncate is > 0 and var cut && cut < _width ? cut : _width;
    }

    /// <inheritdoc/>
    public override int Dimensions { get; }

    /// <inheritdoc/>
    public override int MaxSequenceLength { get; }

    /// <inheritdoc/>
    public override bool IsSparse => _modules.Splade is not null;

    /// <inheritdoc/>
    public override Tokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public override Prompts Prompts => _modules.Prompts;

    /// <inheritdoc/>
    public override Metric Similarity => _modules.Similarity;

    /// <summary>Opens a folder.</summary>
    /// <exception cref="NotSupportedException">The model gives vectors of tokens, which are not meant to be pooled.</exception>
    public static TransformerEncoder Load(ModelFolder folder, TextEmbedderOptions options)
    {
        var modules = SentenceModules.Read(folder);
        if (options.Layer is null)
        {
            TokenVectors.ThrowIfMeant(folder, modules);
        }

        return Load(modules, options.BitEqual ? new BatcherOptions { TokenBudget = 0 } : new BatcherOptions(), options.Layer);
    }

    /// <summary>Opens the modules of a folder.</summary>
    public static TransformerEncoder Load(SentenceModules modules, BatcherOptions batching, string? layer = null)
    {
        if (layer is not null)
        {
            // Modules after the pooling were trained for the last layer. Only normalization fits any layer.
            modules = modules with { Splade = null, Steps = [.. modules.Steps.Where(step => step is NormalizeStep)] };
        }

        var folder = modules.Transformer;
        var tokenizer = Tokenizer.Load(folder.Path);
        var runner = TextRunner.Load(
            folder, modules.Splade?.Output ?? "last_hidden_state", tokenizer.Special.Padding ?? 0, batching.Threads, layer);
        try
        {
            var longest = Math.Min(modules.MaxSequenceLength ?? int.MaxValue, runner.MaxPositions ?? int.MaxValue);
            return new TransformerEncoder(runner, tokenizer, modules, longest == int.MaxValue ? 512 : longest, batching);
        }
        catch
        {
            runner.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Encode(
        IReadOnlyList<string> texts, string prompt, VectorMatrix vectors, EncodingRun run, CancellationToken cancellationToken)
    {
        var skip = _modules.Pooling.IncludePrompt || prompt.Length == 0 ? 0 : PromptTokens(prompt);
        _runner.RunAll(
            texts.Count, Ids, _batching, (row, hidden) => Finish(hidden, skip, _modules.Steps, vectors[row]), run, cancellationToken);

        int[] Ids(int text)
        {
            var ids = Tokenize(prompt + texts[text]);
            if (IsCut(prompt + texts[text], ids.Length))
            {
                run.Cut(text);
            }

            return ids;
        }
    }

    /// <inheritdoc/>
    public override void EncodeTokens(int[][] texts, VectorMatrix vectors, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var steps = _modules.Steps.Where(step => step is not NormalizeStep).ToArray();
        _runner.RunAll(
            texts.Length,
            i => texts[i],
            _batching,
            (row, hidden) => Finish(hidden, 0, steps, vectors[row]),
            new EncodingRun(texts.Length, progress),
            cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _runner.Dispose();
        base.Dispose();
    }

    private int[] Tokenize(string text)
    {
        var ids = new List<int>();
        Tokenizer.EncodeIds(_modules.LowerCase ? text.ToLowerInvariant() : text, ids, MaxSequenceLength);
        return [.. ids];
    }

    // Counts the special token at the start but not the one at the end, where the text continues.
    private int PromptTokens(string prompt)
    {
        var ids = Tokenize(prompt);
        return ids.Length > 0 && ids[^1] == Tokenizer.Special.End ? ids.Length - 1 : ids.Length;
    }

    private void Finish(ReadOnlySpan<float> hidden, int skip, IEnumerable<VectorStep> steps, Span<float> row)
    {
        Span<float> vector = new float[_runner.Pooled ? hidden.Length : _runner.Width * _modules.Pooling.Modes.Count];
        if (_runner.Pooled)
        {
            hidden.CopyTo(vector);
        }
        else
        {
            _modules.Pooling.Pool(hidden, skip, _runner.Width, vector);
        }

        foreach (var step in steps)
        {
            Span<float> next = new float[step.Output(vector.Length)];
            step.Apply(vector, next);
            vector = next;
        }

        vector[..row.Length].CopyTo(row);
    }
}
