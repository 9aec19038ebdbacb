using Simile.Numerics;

namespace Simile.Models;

public static partial class Distillation
{
    // Vectors start with a mean length of 1. Weights are fitted as logarithms, so their learning rate is relative.
    private const float TableRate = 1e-3f;
    private const float WeightRate = 1e-2f;
    private const float DroppedTokens = .3f;
    private const int LargestBatch = 1024;
    private const int WarmUp = 50;

    /// <summary>
    /// Passes over the texts <see cref="DistillationOptions.Epochs"/> times, with a seeded order and seeded token dropout.
    /// </summary>
    /// <returns>The mean loss of the last epoch.</returns>
    internal static double Fit(
        TableFit fit,
        TokenizedTexts texts,
        VectorMatrix teacher,
        DistillationOptions options,
        IProgress<DistillationProgress>? progress,
        CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed);
        var order = Enumerable.Range(0, texts.Count).ToArray();

        // A similarity needs two texts. Few texts are split into smaller batches, to have enough steps.
        var batchSize = Math.Min(LargestBatch, Math.Max(texts.Count / 50, Math.Min(texts.Count, 32)));
        var batches = texts.Count / batchSize;
        var steps = batches * options.Epochs;
        var loss = 0.0;
        for (var step = 0; step < steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (step % batches == 0)
            {
                random.Shuffle(order);
                loss = 0;
            }

            var batch = order.AsSpan(step % batches * batchSize, batchSize);
            var rate = Rate(step, steps);
            loss += fit.Step(texts.Take(batch, DroppedTokens, random), teacher.Take(batch), TableRate * rate, WeightRate * rate) / batches;
            progress?.Report(new DistillationProgress("fitting", step + 1, steps));
        }

        return loss;
    }

    // Linear warm-up, then cosine decay.
    private static float Rate(int step, int steps) =>
        Math.Min(1, (step + 1f) / WarmUp) * (.5f + (.5f * MathF.Cos(MathF.PI * step / steps)));

    private static string[] ReadTexts(string file)
    {
        string[] texts = [.. File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0).Distinct()];
        return texts.Length >= 2
            ? texts
            : throw new InvalidDataException($"'{file}' has {texts.Length} texts: fitting needs two or more, one per line.");
    }

    /// <summary>The tokens that the new model will see: without special and unknown tokens, up to the teacher's maximum length.</summary>
    private static TokenizedTexts Tokenize(TextEmbedder teacher, string[] texts)
    {
        var ids = new List<int>();
        var all = new List<int>();
        var starts = new int[texts.Length + 1];
        for (var text = 0; text < texts.Length; text++)
        {
            ids.Clear();
            teacher.Tokenizer.EncodeIds(texts[text], ids, addSpecialTokens: false);
            all.AddRange(ids.Take(teacher.MaxSequenceLength).Where(id => id != teacher.Tokenizer.Special.Unknown));
            starts[text + 1] = all.Count;
        }

        return new TokenizedTexts([.. all], starts);
    }
}
