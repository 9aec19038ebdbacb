namespace Simile.Models.Words;

/// <summary>
/// The parameters of GloVe and the loop over its pairs. It trains w·c + b + b' to equal the logarithm of the co-occurrence weight.
/// </summary>
internal sealed unsafe class GloveTrainer : IDisposable
{
    private const int PairsAtOnce = 4096;

    private readonly GloveOptions _options;
    private readonly float[] _biases;
    private readonly float[] _biasSquares;
    private readonly int _words;

    public GloveTrainer(int words, GloveOptions options)
    {
        (_words, _options) = (words, options);
        Vectors = new NumberTable(2L * words, options.Dimensions); // words, then neighbors
        Squares = new NumberTable(2L * words, options.Dimensions);
        (_biases, _biasSquares) = (new float[2 * words], new float[2 * words]);
        Vectors.Fill(options.Seed);
        for (var row = 0L; row < Squares.Rows; row++)
        {
            foreach (ref var number in Vectors.Row(row))
            {
                number *= 0.5f;
            }

            new Span<float>(Squares[row], Squares.Stride).Fill(1);
        }

        Array.Fill(_biasSquares, 1);
    }

    public NumberTable Vectors { get; }

    public NumberTable Squares { get; }

    /// <summary>Trains on some pairs, on all threads.</summary>
    /// <returns>The sum of the losses, each computed before its step.</returns>
    public double Learn(Cooccurrence[] pairs, CancellationToken cancellationToken)
    {
        var threads = _options.Threads > 0 ? _options.Threads : Environment.ProcessorCount;
        var (next, losses) = (-1, new double[threads]);
        var work = Enumerable.Range(0, threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                while (!cancellationToken.IsCancellationRequested
                    && Interlocked.Increment(ref next) is var part && (long)part * PairsAtOnce < pairs.Length)
                {
                    foreach (var pair in pairs.AsSpan(part * PairsAtOnce, Math.Min(PairsAtOnce, pairs.Length - (part * PairsAtOnce))))
                    {
                        losses[thread] += Step(pair);
                    }
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        Task.WaitAll(work, CancellationToken.None);
        return losses.Sum();
    }

    /// <summary>One step on one pair.</summary>
    /// <returns>The loss of the pair.</returns>
    public double Step(Cooccurrence pair)
    {
        var (a, b) = (pair.Word, pair.Neighbor + _words);
        var word = Vectors[a];
        var neighbor = Vectors[b];
        float product;
        TrainingKernels.Dot(word, &neighbor, 1, &product, Vectors.Stride);
        var error = product + _biases[a] + _biases[b] - Math.Log(pair.Weight);
        var weighted = error * Math.Min(1, Math.Pow(pair.Weight / _options.MaxWeight, _options.Power));
        var gradient = (float)(weighted * _options.Rate);
        GloveStep.Run(gradient, word, neighbor, Squares[a], Squares[b], Vectors.Stride);
        Move(a, gradient);
        Move(b, gradient);
        return 0.5 * weighted * error;
    }

    /// <summary>The sum of the word vector and the context vector, which is what the original GloVe program writes.</summary>
    public void Vector(int word, Span<float> vector)
    {
        Vectors.Row(word).CopyTo(vector);
        WeightedRow.Add(Vectors.Row(word + _words), 1, vector);
    }

    /// <summary>The biases and their AdaGrad sums, for a checkpoint: one table of two rows.</summary>
    public NumberTable Biases()
    {
        var table = new NumberTable(2, _biases.Length);
        _biases.CopyTo(table.Row(0));
        _biasSquares.CopyTo(table.Row(1));
        return table;
    }

    /// <summary>Restores the biases and their AdaGrad sums from a checkpoint.</summary>
    public void TakeBiases(NumberTable table)
    {
        table.Row(0).CopyTo(_biases);
        table.Row(1).CopyTo(_biasSquares);
    }

    public void Dispose()
    {
        Vectors.Dispose();
        Squares.Dispose();
    }

    private void Move(int bias, float gradient)
    {
        _biases[bias] -= gradient / MathF.Sqrt(_biasSquares[bias]);
        _biasSquares[bias] += gradient * gradient;
    }
}
