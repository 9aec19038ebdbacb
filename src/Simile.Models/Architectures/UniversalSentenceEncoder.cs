using Microsoft.ML.OnnxRuntime;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using Simile.Models.Text;
using Simile.Numerics;
using Simile.Numerics.Memory;
using Simile.Tokenizers;

namespace Simile.Models.Architectures;

/// <summary>
/// universal-sentence-encoder-multilingual 3, the convolutional one (Yang et al., Multilingual Universal Sentence Encoder for Semantic
/// Retrieval, 2019).
/// </summary>
/// <remarks>
/// Texts are processed in the given order. Nothing is padded, so sorting has no benefit. Each core tokenizes, looks up and runs its own
/// batch. All cores share one session with one thread.
/// </remarks>
internal sealed class UniversalSentenceEncoder : TextEncoder
{
    private const int BatchTexts = 64;
    private const int BatchTokens = 2048;

    private static readonly string[] Outputs = ["sentence_embedding"];

    private readonly UniversalSentenceEncoderConfig _config;
    private readonly ITokenTable _table;
    private readonly OnnxModel _model;
    private readonly IDisposable? _owned;
    private readonly ReaderGate _reads = new("The model was disposed: load it again, or dispose it when nobody uses it any more.");

    private UniversalSentenceEncoder(
        UniversalSentenceEncoderConfig config, ITokenTable table, OnnxModel model, Tokenizer tokenizer, IDisposable? owned)
    {
        (_config, _table, _model, Tokenizer, _owned) = (config, table, model, tokenizer, owned);
        Dimensions = model.OutputShape(Outputs[0])[1];
    }

    /// <inheritdoc/>
    public override int Dimensions { get; }

    /// <inheritdoc/>
    public override int MaxSequenceLength => _config.MaxSequenceLength;

    /// <inheritdoc/>
    public override Tokenizer Tokenizer { get; }

    /// <summary>Whether each text runs alone, so that its vector is the same to the last bit.</summary>
    public bool BitEqual { get; init; }

    /// <summary>Creates the session.</summary>
    /// <param name="config">The values of config.json.</param>
    /// <param name="table">The token table.</param>
    /// <param name="weights">The other weights.</param>
    /// <param name="tokenizer">The tokenizer, which is loading in parallel.</param>
    /// <param name="owned">Owner of table and weights. Disposed with the encoder, but not if this method fails. Null if not owned.</param>
    /// <param name="bitEqual">See <see cref="BitEqual"/>.</param>
    /// <exception cref="InvalidDataException">The parts do not match.</exception>
    public static UniversalSentenceEncoder Start(
        UniversalSentenceEncoderConfig config,
        ITokenTable table,
        Checkpoint weights,
        Task<Tokenizer> tokenizer,
        IDisposable? owned,
        bool bitEqual = false)
    {
        OnnxModel? model = null;
        try
        {
            model = UniversalSentenceEncoderGraph.Build(weights, config);
            var loaded = tokenizer.GetAwaiter().GetResult();
            return loaded.VocabularySize <= table.Rows
                ? new UniversalSentenceEncoder(config, table, model, loaded, owned) { BitEqual = bitEqual }
                : throw new InvalidDataException(
                    $"The tokenizer knows {loaded.VocabularySize} tokens, but the model's table has {table.Rows} rows: "
                    + "they belong to different models.");
        }
        catch
        {
            model?.Dispose();
            ((IAsyncResult)tokenizer).AsyncWaitHandle.WaitOne(); // it reads what the caller now closes
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Encode(
        IReadOnlyList<string> texts, string prompt, VectorMatrix vectors, EncodingRun run, CancellationToken cancellationToken)
    {
        if (texts.Count <= BatchTexts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            EncodeChunk(0);
            return;
        }

        EachCore.Run((texts.Count + BatchTexts - 1) / BatchTexts, EncodeChunk, cancellationToken);

        void EncodeChunk(int chunk)
        {
            var first = chunk * BatchTexts;
            var ids = Tokenize(texts, prompt, first, Math.Min(BatchTexts, texts.Count - first), run);
            Encode(ids, vectors, first);
            run.Finish(ids.Length);
        }
    }

    /// <summary>The vectors of texts given as ids, special tokens included. Row <paramref name="first"/> + i belongs to text i.</summary>
    internal void Encode(int[][] texts, VectorMatrix vectors, int first)
    {
        var budget = BitEqual ? 0 : BatchTokens;
        for (var start = 0; start < texts.Length;)
        {
            var (end, tokens) = (start, 0);
            while (end < texts.Length && (end == start || tokens + texts[end].Length <= budget))
            {
                tokens += texts[end++].Length;
            }

            Run(texts[start..end]).CopyTo(vectors.AsSpan().Slice((first + start) * Dimensions, (end - start) * Dimensions));
            start = end;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_reads.Close())
        {
            _model.Dispose();
            _owned?.Dispose();
        }

        base.Dispose();
    }

    private int[][] Tokenize(IReadOnlyList<string> texts, string prompt, int first, int count, EncodingRun run)
    {
        var ids = new int[count][];
        var buffer = new List<int>(MaxSequenceLength);
        for (var i = 0; i < count; i++)
        {
            buffer.Clear();
            Tokenizer.EncodeIds(prompt + texts[first + i], buffer, MaxSequenceLength);
            ids[i] = [.. buffer];
            run.Count(first + i, buffer.Count);
            if (IsCut(prompt + texts[first + i], buffer.Count))
            {
                run.Cut(first + i);
            }
        }

        return ids;
    }

    private float[] Run(int[][] texts)
    {
        var batch = new UniversalSentenceEncoderBatch(texts);
        var inputs = Inputs(batch);
        using var outputs = _model.Run(name => inputs[name](), Outputs);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    // Computes each input of the network.
    private Dictionary<string, Func<OrtValue>> Inputs(UniversalSentenceEncoderBatch batch)
    {
        var inputs = new Dictionary<string, Func<OrtValue>>();
        var (segments, roots) = batch.Sums();
        Add("rows", Rows(batch.Distinct), batch.Distinct.Count, _table.Dimensions);
        Add("slots", batch.Slots, batch.Tokens);
        for (var branch = 0; branch < _config.Orders.Length; branch++)
        {
            var order = _config.Orders[branch];
            var (first, second) = batch.Windows(order, _config.LeftContext[branch]);
            Add($"first{order}", first, batch.Tokens, order);
            Add($"second{order}", second, batch.Tokens, order);
        }

        Add("segments", segments, batch.Texts, batch.Tokens);
        Add("roots", roots, batch.Texts, 1);
        return inputs;

        void Add<T>(string name, T[] numbers, params long[] shape)
            where T : unmanaged => inputs[name] = () => OrtValue.CreateTensorValueFromMemory(numbers, shape);
    }

    private float[] Rows(List<int> ids)
    {
        using var read = _reads.Enter();
        var rows = new float[ids.Count * _table.Dimensions];
        for (var i = 0; i < ids.Count; i++)
        {
            _table.Read(ids[i], rows.AsSpan(i * _table.Dimensions, _table.Dimensions));
        }

        return rows;
    }
}
