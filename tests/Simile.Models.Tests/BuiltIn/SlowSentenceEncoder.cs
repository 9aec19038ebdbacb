using Simile.Models.Architectures;
using Simile.Models.Checkpoints;

namespace Simile.Models.Tests.BuiltIn;

/// <summary>The slow, obvious twin of UniversalSentenceEncoderGraph: one text, one loop a formula.</summary>
internal sealed class SlowSentenceEncoder(ITokenTable table, Checkpoint weights, UniversalSentenceEncoderConfig config)
{
    private readonly Dictionary<string, float[]> _weights = [];

    public float[] Encode(int[] ids)
    {
        var e = ids.Select(Row).ToArray();
        var branches = config.Orders.Zip(config.LeftContext).Select(branch => Branch(e, branch.First, branch.Second)).ToArray();
        var sum = new float[Weights("token.bias").Length];
        for (var t = 0; t < ids.Length; t++)
        {
            float[] joined = [.. e[t], .. branches.SelectMany(branch => branch[t])];
            sum = Add(sum, Add(Times(Norm(joined, "norm"), "token.weight"), Weights("token.bias")));
        }

        return Sentence([.. sum.Select(x => x / MathF.Sqrt(ids.Length))]);
    }

    private float[] Row(int id)
    {
        var row = new float[table.Dimensions];
        table.Read(id, row);
        return row;
    }

    private float[][] Branch(float[][] e, int order, int left)
    {
        var name = $"ngram{order}";
        var x = e.Select(row => Norm(Add(Times(row, name + ".project.weight"), Weights(name + ".project.bias")), name + ".norm")).ToArray();
        foreach (var layer in new[] { "conv1", "conv2" })
        {
            x = Convolve(x, order, left, Weights($"{name}.{layer}.weight"), Weights($"{name}.{layer}.bias"));
        }

        return x;
    }

    // x + relu(conv(x) + b), with zeros outside of the text; weights [tap, in, out].
    private static float[][] Convolve(float[][] x, int order, int left, float[] weight, float[] bias)
    {
        var width = bias.Length;
        var result = new float[x.Length][];
        for (var t = 0; t < x.Length; t++)
        {
            var sum = bias.ToArray();
            for (var tap = 0; tap < order; tap++)
            {
                var near = t + tap - left;
                if (near >= 0 && near < x.Length)
                {
                    sum = Add(sum, Times(x[near], weight.AsSpan(tap * width * width, width * width).ToArray(), width));
                }
            }

            result[t] = Add(x[t], Relu(sum));
        }

        return result;
    }

    private float[] Sentence(float[] s)
    {
        var y = Relu(Add(Times(s, "skip1.weight"), Times(Relu(Times(s, "dense0.weight")), "dense1.weight")));
        var v = Add(Times(y, "skip3.weight"), Times(Relu(Times(y, "dense2.weight")), "dense3.weight")).Select(MathF.Tanh).ToArray();
        var length = MathF.Sqrt(v.Sum(x => x * x));
        return [.. v.Select(x => x / length)];
    }

    private float[] Norm(float[] x, string name)
    {
        var mean = x.Average();
        var deviation = MathF.Sqrt(x.Average(value => (value - mean) * (value - mean)) + config.Epsilon);
        return [.. x.Select((value, i) => ((value - mean) / deviation * Weights(name + ".weight")[i]) + Weights(name + ".bias")[i])];
    }

    private float[] Times(float[] x, string name) => Times(x, Weights(name), (int)weights[name].Shape[1]);

    private static float[] Times(float[] x, float[] weight, int columns)
    {
        var result = new float[columns];
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                result[j] += x[i] * weight[(i * columns) + j];
            }
        }

        return result;
    }

    private static float[] Add(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static float[] Relu(float[] x) => [.. x.Select(value => MathF.Max(0, value))];

    private float[] Weights(string name) =>
        _weights.TryGetValue(name, out var known) ? known : _weights[name] = weights[name].ToFloats().ToArray();
}
