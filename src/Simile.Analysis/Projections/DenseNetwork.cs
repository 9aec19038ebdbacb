using Simile.Numerics;

namespace Simile.Analysis.Projections;

/// <summary>Dense layers: outputs = activation(inputs · Wᵀ + bias); the code layer and the last layer have no activation.</summary>
internal sealed class DenseNetwork
{
    public DenseNetwork(int[] widths, int codeIndex, Activation activation)
    {
        (Widths, CodeIndex, Activation) = (widths, codeIndex, activation);
        Weights = [.. Enumerable.Range(0, widths.Length - 1).Select(i => new VectorMatrix(widths[i + 1], widths[i]))];
        Biases = [.. Enumerable.Range(0, widths.Length - 1).Select(i => new float[widths[i + 1]])];
    }

    /// <summary>The widths: input, hidden, code, hidden, output.</summary>
    public int[] Widths { get; }

    /// <summary>The index of the code's width.</summary>
    public int CodeIndex { get; }

    public Activation Activation { get; }

    /// <summary>One matrix per layer: outputs × inputs.</summary>
    public VectorMatrix[] Weights { get; }

    public float[][] Biases { get; }

    /// <summary>Whether a layer has an activation.</summary>
    public bool IsActivated(int layer) => layer + 1 != CodeIndex && layer + 1 != Widths.Length - 1;

    /// <summary>Normal weights of variance 2 / inputs before an activation (He et al. 2015) and 1 / inputs elsewhere; biases 0.</summary>
    public void Randomize(int seed)
    {
        for (var layer = 0; layer < Weights.Length; layer++)
        {
            var weights = Weights[layer].AsSpan();
            NormalNumbers.Fill(weights, seed + layer);
            VectorMath.Scale(weights, MathF.Sqrt((IsActivated(layer) ? 2f : 1f) / Widths[layer]), weights);
        }
    }

    /// <summary>Runs the layers from one width to another.</summary>
    public VectorMatrix Run(VectorMatrix rows, int from, int to)
    {
        for (var layer = from; layer < to; layer++)
        {
            var outputs = new VectorMatrix(rows.Count, Widths[layer + 1]);
            MatrixProduct.TimesTransposed(rows, Weights[layer], outputs);
            AddBias(outputs, Biases[layer]);
            if (IsActivated(layer))
            {
                Activations.Apply(Activation, outputs.AsSpan(), outputs.AsSpan());
            }

            rows = outputs;
        }

        return rows;
    }

    /// <summary>Adds the bias to each row.</summary>
    public static void AddBias(VectorMatrix outputs, float[] bias)
    {
        for (var i = 0; i < outputs.Count; i++)
        {
            Numerics.Kernels.Elementwise.Combine(1, outputs[i], 1, bias, outputs[i]);
        }
    }
}
