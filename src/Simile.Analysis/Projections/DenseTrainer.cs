using Simile.Numerics;
using Simile.Numerics.Kernels;

namespace Simile.Analysis.Projections;

/// <summary>Trains a network to reproduce its input: mini-batches, Adam, early stopping on held-out rows.</summary>
internal sealed class DenseTrainer
{
    private readonly DenseNetwork _network;
    private readonly VectorMatrix _rows;
    private readonly AutoencoderOptions _options;
    private readonly int[] _order;
    private readonly VectorMatrix _heldOut;
    private readonly VectorMatrix[] _outputs; // of each layer, before its activation
    private readonly VectorMatrix[] _inputs; // of each layer; the last one is the network's output
    private readonly VectorMatrix[] _gradients; // with respect to each layer's input
    private readonly VectorMatrix[] _weightGradients;
    private readonly Adam[] _weightSteps;
    private readonly Adam[] _biasSteps;

    public DenseTrainer(DenseNetwork network, VectorMatrix rows, AutoencoderOptions options)
    {
        (_network, _rows, _options) = (network, rows, options);
        var order = Enumerable.Range(0, rows.Count).ToArray();
        new Random(options.Seed).Shuffle(order);
        var held = Math.Min(rows.Count - 1, (int)(options.HeldOut * rows.Count));
        _heldOut = _rows.Take(order.AsSpan(0, held));
        _order = order[held..];
        var batch = Math.Min(options.BatchSize, _order.Length);
        _inputs = [.. network.Widths.Select(w => new VectorMatrix(batch, w))];
        _gradients = [.. network.Widths.Select(w => new VectorMatrix(batch, w))];
        _outputs = [.. network.Widths.Skip(1).Select(w => new VectorMatrix(batch, w))];
        _weightGradients = [.. network.Weights.Select(w => new VectorMatrix(w.Count, w.Dimensions))];
        _weightSteps = [.. network.Weights.Select(w => new Adam(w.AsSpan().Length))];
        _biasSteps = [.. network.Biases.Select(b => new Adam(b.Length))];
    }

    private int BatchSize => _inputs[0].Count;

    public void Run(IProgress<AnalysisProgress>? progress, CancellationToken cancellationToken)
    {
        var random = new Random(_options.Seed + 1);
        var (best, kept, worse) = (double.PositiveInfinity, Copy(), 0);
        for (var epoch = 0; epoch < _options.Epochs && worse < _options.Patience; epoch++)
        {
            random.Shuffle(_order);
            // Rows after the last full batch are skipped in this epoch; the shuffle differs by epoch.
            for (var first = 0; first + BatchSize <= _order.Length; first += BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Learn(_order.AsSpan(first, BatchSize), LearningRate(epoch));
            }

            if (_heldOut.Count > 0)
            {
                var error = ProjectionQuality.ReconstructionError(_heldOut, _network.Run(_heldOut, 0, _network.Widths.Length - 1));
                (best, kept, worse) = error < best ? (error, Copy(), 0) : (best, kept, worse + 1);
            }

            progress?.Report(new("training", epoch + 1, _options.Epochs));
        }

        if (_heldOut.Count > 0)
        {
            Restore(kept);
        }
    }

    private double LearningRate(int epoch)
    {
        const double Last = 0.05;
        return _options.LearningRate * (Last + ((1 - Last) * 0.5 * (1 + Math.Cos(Math.PI * epoch / _options.Epochs))));
    }

    private void Learn(ReadOnlySpan<int> batch, double rate)
    {
        for (var i = 0; i < batch.Length; i++)
        {
            _rows[batch[i]].CopyTo(_inputs[0][i]);
        }

        Forward();
        // The gradient of the summed squared error, divided by the rows of the batch but not by the width, so that the learning rate keeps
        // its meaning.
        Elementwise.Combine(1f / BatchSize, _inputs[^1].AsSpan(), -1f / BatchSize, _inputs[0].AsSpan(), _gradients[^1].AsSpan());
        for (var layer = _outputs.Length - 1; layer >= 0; layer--)
        {
            Back(layer, rate);
        }
    }

    private void Forward()
    {
        for (var layer = 0; layer < _outputs.Length; layer++)
        {
            MatrixProduct.TimesTransposed(_inputs[layer], _network.Weights[layer], _outputs[layer]);
            DenseNetwork.AddBias(_outputs[layer], _network.Biases[layer]);
            if (_network.IsActivated(layer))
            {
                Activations.Apply(_network.Activation, _outputs[layer].AsSpan(), _inputs[layer + 1].AsSpan());
            }
            else
            {
                _outputs[layer].AsSpan().CopyTo(_inputs[layer + 1].AsSpan());
            }
        }
    }

    private void Back(int layer, double rate)
    {
        var gradient = _gradients[layer + 1];
        if (_network.IsActivated(layer))
        {
            Activations.Back(_network.Activation, _outputs[layer].AsSpan(), gradient.AsSpan());
        }

        if (layer > 0)
        {
            MatrixProduct.Times(gradient, _network.Weights[layer], _gradients[layer]);
        }

        MatrixProduct.TransposedTimes(gradient, _inputs[layer], _weightGradients[layer]);
        _weightSteps[layer].Step(_network.Weights[layer].AsSpan(), _weightGradients[layer].AsSpan(), rate);
        // The gradient of the bias is the sum over the batch; it is accumulated in the batch's first row.
        for (var i = 1; i < gradient.Count; i++)
        {
            Elementwise.Combine(1, gradient[0], 1, gradient[i], gradient[0]);
        }

        _biasSteps[layer].Step(_network.Biases[layer], gradient[0], rate);
    }

    private (float[][] Weights, float[][] Biases) Copy() =>
        ([.. _network.Weights.Select(w => w.AsSpan().ToArray())], [.. _network.Biases.Select(b => b.ToArray())]);

    private void Restore((float[][] Weights, float[][] Biases) kept)
    {
        for (var layer = 0; layer < kept.Weights.Length; layer++)
        {
            kept.Weights[layer].CopyTo(_network.Weights[layer].AsSpan());
            kept.Biases[layer].CopyTo(_network.Biases[layer].AsSpan());
        }
    }
}
