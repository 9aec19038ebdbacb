using Simile.Tokenizers;

namespace Simile.Models.Text;

/// <summary>Says how well two texts go together by reading both at once: slower than comparing vectors, and better.</summary>
/// <remarks>Thread-safe. Owns the network: dispose it.</remarks>
internal sealed class CrossEncoder : IDisposable
{
    private readonly TextRunner _runner;
    private readonly Tokenizer _tokenizer;
    private readonly bool _sigmoid;

    private CrossEncoder(TextRunner runner, Tokenizer tokenizer, bool sigmoid) => (_runner, _tokenizer, _sigmoid) = (runner, tokenizer, sigmoid);

    /// <summary>Opens a folder with a sequence classification head of one label.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or the head has more labels.</exception>
    public static CrossEncoder Load(string path)
    {
        var folder = ModelFolder.Find(path);
        var modules = SentenceModules.Read(folder);
        var (tokenizer, sigmoid) = (Tokenizer.Load(folder.Path), UsesSigmoid(folder));
        var runner = TextRunner.Load(modules.Transformer, "logits", tokenizer.Special.Padding ?? 0);
        if (!runner.Pooled || runner.Width != 1)
        {
            runner.Dispose();
            throw new InvalidDataException($"{folder.Path} is not a cross-encoder: its network does not give one number for a pair of texts.");
        }

        var length = Math.Min(modules.MaxSequenceLength ?? 512, runner.MaxPositions ?? int.MaxValue);
        return new CrossEncoder(runner, tokenizer.With(new Truncation(length), null), sigmoid);
    }

    /// <summary>The score of each pair: greater is closer.</summary>
    /// <param name="pairs">The pairs; the longer text of a pair that is too long is cut first.</param>
    /// <param name="raw">Whether the network's own numbers are wanted, without the folder's activation.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public float[] Score(IReadOnlyList<(string First, string Second)> pairs, bool raw = false, CancellationToken cancellationToken = default)
    {
        var scores = new float[pairs.Count];
        var types = new int[pairs.Count][];
        var batcher = new Batcher(pairs.Count, Tokenize, _runner.Batching(new BatcherOptions()));
        batcher.RunAll(batch => _runner.Run(batch, Keep, Array.ConvertAll(batch.Rows, row => types[row])), cancellationToken);
        return scores;

        int[] Tokenize(int i)
        {
            var encoding = _tokenizer.Encode(pairs[i].First, pairs[i].Second);
            types[i] = encoding.TypeIds;
            return encoding.Ids;
        }

        void Keep(int row, ReadOnlySpan<float> logit) => scores[row] = _sigmoid && !raw ? 1 / (1 + MathF.Exp(-logit[0])) : logit[0];
    }

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();

    // Release 6 writes the activation beside the prompts, earlier releases into config.json; a single label means a sigmoid by default.
    private static bool UsesSigmoid(ModelFolder folder)
    {
        string? name = null;
        if (folder.Exists("config_sentence_transformers.json"))
        {
            using var settings = folder.Json("config_sentence_transformers.json");
            name = JsonFile.Text(settings.RootElement, "activation_fn");
        }

        if (name is null)
        {
            using var config = folder.Json("config.json");
            name = JsonFile.Optional(config.RootElement, "sentence_transformers") is { } older ? JsonFile.Text(older, "activation_fn") : null;
        }

        return name?.Split('.')[^1] switch
        {
            null or "Sigmoid" => true,
            "Identity" => false,
            var other => throw new InvalidDataException($"{folder.Path} asks for the activation \"{other}\", which is not known."),
        };
    }
}
