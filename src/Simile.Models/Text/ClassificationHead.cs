using Simile.Models.Onnx;
using Simile.Tokenizers;

namespace Simile.Models.Text;

/// <summary>A text network with a classification head: texts or pairs of texts to logits.</summary>
/// <remarks>Thread-safe. Owns the network: dispose it.</remarks>
internal sealed class ClassificationHead : IDisposable
{
    private readonly TextRunner _runner;

    private ClassificationHead(TextRunner runner, Tokenizer tokenizer, int maxLength) =>
        (_runner, Tokenizer, MaxSequenceLength) = (runner, tokenizer, maxLength);

    /// <summary>The tokenizer, without truncation.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Number of logits.</summary>
    public int Labels => _runner.Width;

    /// <summary>Maximum length in tokens, special tokens included.</summary>
    public int MaxSequenceLength { get; }

    /// <summary>Opens a folder; null if its network has no classification head.</summary>
    public static ClassificationHead? Open(ModelFolder folder)
    {
        const int UsualLength = 512;
        var modules = SentenceModules.Read(folder);
        var tokenizer = Tokenizer.Load(folder.Path);
        TextRunner runner;
        try
        {
            runner = TextRunner.Load(modules.Transformer, "logits", tokenizer.Special.Padding ?? 0);
        }
        catch (ArgumentException)
        {
            return null; // the network has no output "logits"
        }

        if (runner.Pooled)
        {
            return new ClassificationHead(
                runner, tokenizer, Math.Min(modules.MaxSequenceLength ?? UsualLength, runner.MaxPositions ?? int.MaxValue));
        }

        runner.Dispose();
        return null;
    }

    /// <summary>Runs inputs in batches of similar length.</summary>
    /// <param name="count">Number of inputs.</param>
    /// <param name="encode">Tokenizes an input. Called from several threads.</param>
    /// <param name="take">Receives the logits of an input. Called from several threads.</param>
    /// <param name="progress">Optional progress callback: finished inputs.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public void Run(int count, Func<int, Encoding> encode, RowAction take, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var types = new int[count][];
        var done = 0;
        var batcher = new Batcher(count, Tokenize, _runner.Batching(new BatcherOptions()));
        batcher.RunAll(
            batch =>
            {
                _runner.Run(batch, take, Array.ConvertAll(batch.Rows, row => types[row]));
                progress?.Report(Interlocked.Add(ref done, batch.Rows.Length));
            },
            cancellationToken);

        int[] Tokenize(int i)
        {
            var encoding = encode(i);
            types[i] = encoding.TypeIds;
            return encoding.Ids;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();
}
