using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Models.Onnx;

namespace Simile.Models.Text;

/// <summary>Receives the network's output for one text: its token vectors without padding, or its single vector.</summary>
internal delegate void RowAction(int row, ReadOnlySpan<float> values);

/// <summary>Runs a text network on batches of token ids.</summary>
/// <remarks>Thread-safe. Owns the network.</remarks>
internal sealed class TextRunner : IDisposable
{
    private readonly OnnxModel _model;
    private readonly string _output;
    private readonly int _padding;

    private TextRunner(OnnxModel model, string output, int padding, int? maxPositions)
    {
        (_model, _output, _padding, MaxPositions) = (model, output, padding, maxPositions);
        var shape = model.OutputShape(output);
        Pooled = shape.Length == 2;
        Width = shape.Length is 2 or 3 && shape[^1] > 0 ? shape[^1]
            : throw new InvalidDataException(
                $"The network's output {output} is not [batch, length, width]: its shape is [{string.Join(", ", shape)}].");
    }

    /// <summary>Components of the output.</summary>
    public int Width { get; }

    /// <summary>
    /// The batching for this network. A quantized network gets no padding, so that a text's vector is the same to the last bit.
    /// </summary>
    public BatcherOptions Batching(BatcherOptions options) => _model.HasBytes ? options with { EvenTokens = 0 } : options;

    /// <summary>Whether the output is one vector per text instead of one per token.</summary>
    public bool Pooled { get; }

    /// <summary>Maximum number of tokens with positions; null if unknown.</summary>
    public int? MaxPositions { get; }

    /// <summary>Builds the network of a folder, or opens its ONNX file if there are no weights of a supported family.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="wanted">The requested output, by the names of <see cref="NetworkOutputs"/>. An ONNX file's own output is used.</param>
    /// <param name="padding">The padding id.</param>
    /// <param name="threads">Threads inside one run.</param>
    /// <param name="layer">An inner layer to use instead of that output; null for none.</param>
    public static TextRunner Load(ModelFolder folder, string wanted, int padding, int threads = 1, string? layer = null)
    {
        using var json = folder.Exists("config.json") ? folder.Json("config.json") : null;
        var config = json?.RootElement;
        var positions = config is { } c ? TextNetwork.MaxTokens(c) : null;
        var family = config is { } f ? JsonFile.Text(f, "model_type") : null;
        if (folder.OnnxFile is { } onnx && !(folder.HasCheckpoint && TextNetwork.Knows(family)))
        {
            var options = new OnnxModelOptions { Threads = threads, Optimize = true };
            var (ready, output) = layer is null ? (OnnxModel.Load(onnx, options), null) : OnnxModel.LoadWithInner(onnx, layer, options);
            return Open(ready, output, padding, positions);
        }

        if (config is null)
        {
            throw new FileNotFoundException($"The folder {folder.Path} is not a model: it has no config.json.", folder.File("config.json"));
        }

        wanted = layer ?? wanted;
        var checkpoint = folder.OpenCheckpoint();
        try
        {
            return Open(
                TextNetwork.Build(config.Value, checkpoint, [wanted], new OnnxModelOptions { Threads = threads }),
                wanted,
                padding,
                positions);
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>Runs a batch and passes each text's output to <paramref name="take"/>.</summary>
    /// <param name="batch">The texts.</param>
    /// <param name="take">Receives the index of the text and its output.</param>
    /// <param name="types">Token types of each row; null for zeros.</param>
    /// <param name="seen">The number of tokens of each row that others attend to; null for all.</param>
    public void Run(Batch batch, RowAction take, int[][]? types = null, int[]? seen = null)
    {
        var (rows, length) = (batch.Ids.Length, batch.Length);
        var shape = new long[] { rows, length };
        using var outputs = _model.Run(
            name => OrtValue.CreateTensorValueFromMemory(Input(name, batch.Ids, types, seen, length), shape), [_output]);
        var data = outputs[0].GetTensorDataAsSpan<float>();
        var size = data.Length / rows;
        for (var i = 0; i < rows; i++)
        {
            var used = Pooled ? size : batch.Ids[i].Length * Width;
            take(batch.Rows[i], data.Slice(i * size, used));
        }
    }

    /// <summary>Runs texts in batches of similar length and passes each text's output to <paramref name="take"/>.</summary>
    /// <param name="count">Number of texts.</param>
    /// <param name="tokenize">Returns the ids of a text by its index.</param>
    /// <param name="batching">The batching.</param>
    /// <param name="take">Receives the index of the text and its output.</param>
    /// <param name="run">Receives token counts and progress.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public void RunAll(
        int count,
        Func<int, int[]> tokenize,
        BatcherOptions batching,
        RowAction take,
        EncodingRun run,
        CancellationToken cancellationToken) =>
        new Batcher(count, tokenize, batching).RunAll(
            batch =>
            {
                Run(batch, take);
                for (var i = 0; i < batch.Rows.Length; i++)
                {
                    run.Count(batch.Rows[i], batch.Ids[i].Length);
                }

                run.Finish(batch.Rows.Length);
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    /// <summary>Wraps a network and takes ownership of it.</summary>
    /// <param name="model">The network.</param>
    /// <param name="output">The requested output; null for the token vectors of an ONNX file.</param>
    /// <param name="padding">The padding id.</param>
    /// <param name="positions">Maximum number of tokens with positions; null if unknown.</param>
    public static TextRunner Open(OnnxModel model, string? output, int padding, int? positions)
    {
        try
        {
            output ??= model.Outputs.FirstOrDefault(n => n is "last_hidden_state" or "token_embeddings") ?? model.Outputs[0];
            return new TextRunner(model, output, padding, positions);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private long[] Input(string name, int[][] ids, int[][]? types, int[]? seen, int length)
    {
        var values = new long[ids.Length * length];
        for (var i = 0; i < ids.Length; i++)
        {
            var row = values.AsSpan(i * length, length);
            switch (name)
            {
                case "input_ids":
                    row.Fill(_padding);
                    Widen(ids[i], row);
                    break;
                case "attention_mask":
                    row[..(seen?[i] ?? ids[i].Length)].Fill(1);
                    break;
                case "token_type_ids":
                    Widen(types is null ? [] : types[i], row);
                    break;
                case "position_ids":
                    Widen([.. Enumerable.Range(0, length)], row);
                    break;
                default:
                    throw new InvalidDataException(
                        $"The network requires an input \"{name}\", which is not one of input_ids, attention_mask, "
                        + "token_type_ids and position_ids.");
            }
        }

        return values;
    }

    private static void Widen(int[] ids, Span<long> row)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            row[i] = ids[i];
        }
    }
}
