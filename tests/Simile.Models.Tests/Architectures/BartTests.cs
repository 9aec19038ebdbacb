using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests.Architectures;

/// <summary>
/// The encoders of BART and Marian beside a slow one in float64, written after the modules of transformers (BartEncoder, MarianEncoder):
/// no golden case has them.
/// </summary>
public class BartTests
{
    private const int Hidden = 12;
    private const int Heads = 3;
    private const int Wide = 20;
    private const int Places = 16;
    private const int Words = 30;
    private const int Layers = 2;

    private static readonly long[] Ids = [4, 7, 9, 29, 2, 5, 3, 11, 2, 1];
    private static readonly long[] Mask = [1, 1, 1, 1, 1, 1, 1, 1, 0, 0];

    [Theory]
    [InlineData("bart", "gelu", true, "")]
    [InlineData("bart", "gelu", false, "model.")]
    [InlineData("marian", "swish", true, "model.")]
    [InlineData("marian", "relu", true, "")]
    public void The_encoder_gives_what_a_slow_one_gives(string family, string activation, bool scales, string prefix)
    {
        using var config = Config(family, activation, scales);
        var tensors = Tensors(family, prefix);
        using var network = TextNetwork.Build(config.RootElement, new Checkpoint(tensors), ["last_hidden_state"]);
        using var outputs = network.Run(
            name => OrtValue.CreateTensorValueFromMemory(name == "input_ids" ? Ids.ToArray() : Mask.ToArray(), [1, Ids.Length]),
            ["last_hidden_state"]);
        var got = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        var expected = new SlowEncoder(name => tensors[prefix + name].ToFloats().ToArray(), family, activation, scales).Run();
        for (var i = 0; i < 8 * Hidden; i++)
        {
            Assert.Equal(expected[i / Hidden][i % Hidden], got[i], 2e-5);
        }
    }

    [Fact]
    public void Marian_s_positions_are_sines_then_cosines()
    {
        var table = SinePositions.Table(5, 6);
        Assert.Equal([0, 0, 0, 1, 1, 1], table[..6]);
        Assert.Equal(Math.Sin(3 / Math.Pow(10000, 2 / 6d)), table[(3 * 6) + 1], 1e-6);
        Assert.Equal(Math.Cos(3 / Math.Pow(10000, 4 / 6d)), table[(3 * 6) + 5], 1e-6);
        Assert.Equal(5 * 7, SinePositions.Table(5, 7).Length);
    }

    [Theory]
    [InlineData("normalize_before", "true")]
    [InlineData("add_final_layer_norm", "true")]
    [InlineData("max_position_embeddings", "1e300")]
    [InlineData("activation_function", "\"mish\"")]
    public void What_is_not_built_is_refused(string field, string value)
    {
        using var config =
            JsonDocument.Parse(Config("marian", "swish", true).RootElement.GetRawText().TrimEnd()[..^1] + $", \"{field}\": {value} }}");
        var error =
            Record.Exception(() => TextNetwork.Build(config.RootElement, new Checkpoint(Tensors("marian", "")), ["last_hidden_state"]));
        Assert.True(error is NotSupportedException or InvalidDataException, $"{error}");
        Effort.AssertIsSentence(error.Message);
    }

    private static JsonDocument Config(string family, string activation, bool scales) => JsonDocument.Parse($$"""
        { "model_type": "{{family}}", "d_model": {{Hidden}}, "encoder_layers": {{Layers}}, "encoder_attention_heads": {{Heads}},
          "encoder_ffn_dim": {{Wide}},
          "max_position_embeddings": {{Places}}, "vocab_size": {{Words}}, "activation_function": "{{activation}}",
          "scale_embedding": {{(scales ? "true" : "false")}},
          "static_position_embeddings": {{(family == "marian" ? "true" : "false")}}, "normalize_before": false }
        """);

    // With a layer of a decoder, which must be left out.
    private static Dictionary<string, Tensor> Tensors(string family, string prefix)
    {
        var tensors = new List<Tensor>
        {
            New(prefix + (family == "bart" ? "shared.weight" : "encoder.embed_tokens.weight"), 0, .3, Words, Hidden),
            New(prefix + "decoder.layers.0.fc1.weight", 0, 1, Wide, Hidden),
        };
        if (family == "bart")
        {
            tensors.AddRange(
            [
                New(prefix + "encoder.embed_positions.weight", 0, .3, Places + 2, Hidden),
                New(prefix + "encoder.layernorm_embedding.weight", 1, .2, Hidden),
                New(prefix + "encoder.layernorm_embedding.bias", 0, .2, Hidden),
            ]);
        }

        for (var i = 0; i < Layers; i++)
        {
            var layer = $"{prefix}encoder.layers.{i}.";
            foreach (var (name, output, input) in new[]
            {
                ("self_attn.q_proj", Hidden, Hidden), ("self_attn.k_proj", Hidden, Hidden), ("self_attn.v_proj", Hidden, Hidden),
                ("self_attn.out_proj", Hidden, Hidden), ("fc1", Wide, Hidden), ("fc2", Hidden, Wide),
            })
            {
                tensors.AddRange([New($"{layer}{name}.weight", 0, .5, output, input), New($"{layer}{name}.bias", 0, .2, output)]);
            }

            foreach (var norm in new[] { "self_attn_layer_norm", "final_layer_norm" })
            {
                tensors.AddRange([New($"{layer}{norm}.weight", 1, .3, Hidden), New($"{layer}{norm}.bias", 0, .2, Hidden)]);
            }
        }

        return tensors.ToDictionary(tensor => tensor.Name);
    }

    private static Tensor New(string name, double offset, double scale, params long[] shape) =>
        new(
            name,
            DType.F32,
            shape,
            MemoryMarshal.AsBytes(FormulaWeights.Noise(name, (int)shape.Aggregate(1L, (a, b) => a * b), offset, scale).AsSpan()).ToArray());

    /// <summary>One sum after the other, in float64.</summary>
    private sealed class SlowEncoder(Func<string, float[]> weights, string family, string activation, bool scales)
    {
        public double[][] Run()
        {
            var words = weights(family == "bart" ? "shared.weight" : "encoder.embed_tokens.weight");
            var x = Ids.Select((id, place) => Enumerable.Range(0, Hidden)
                .Select(j => (words[(id * Hidden) + j] * (scales ? Math.Sqrt(Hidden) : 1)) + Position(place, j))
                .ToArray())
                .ToArray();
            x = family == "bart" ? [.. x.Select(row => Norm(row, "encoder.layernorm_embedding"))] : x;
            for (var i = 0; i < Layers; i++)
            {
                x = Layer(x, $"encoder.layers.{i}.");
            }

            return x;
        }

        // position_enc[place, j] = place / 10000^(2 (j // 2) / width); sines of the even columns first, then cosines of the odd ones.
        private double Position(int place, int j)
        {
            if (family == "bart")
            {
                return weights("encoder.embed_positions.weight")[((place + 2) * Hidden) + j];
            }

            var column = j < Hidden / 2 ? 2 * j : (2 * (j - (Hidden / 2))) + 1;
            var angle = place / Math.Pow(10000, 2d * (column / 2) / Hidden);
            return column % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
        }

        private double[][] Layer(double[][] x, string prefix)
        {
            var attended = Attend(x, prefix + "self_attn.");
            x = [.. x.Select((row, i) => Norm(Sum(row, attended[i]), prefix + "self_attn_layer_norm"))];
            return [.. x.Select(row => Norm(
                Sum(row, Linear(Array.ConvertAll(Linear(row, prefix + "fc1"), Activate), prefix + "fc2")), prefix + "final_layer_norm"))];
        }

        private double[][] Attend(double[][] x, string prefix)
        {
            var (queries, keys, values) = (All("q_proj"), All("k_proj"), All("v_proj"));
            const int Size = Hidden / Heads;
            return [.. queries.Select(
                query => Linear([.. Enumerable.Range(0, Heads).SelectMany(head => Head(query, head))], prefix + "out_proj"))];

            double[][] All(string name) => [.. x.Select(row => Linear(row, prefix + name))];
            double[] Head(double[] query, int head)
            {
                var powers = keys.Select((key, j) =>
                    Mask[j] == 0 ? 0 : Math.Exp(Enumerable.Range(head * Size, Size).Sum(c => query[c] * key[c]) / Math.Sqrt(Size)))
                    .ToArray();
                return [.. Enumerable.Range(head * Size, Size)
                    .Select(c => values.Select((value, j) => powers[j] * value[c]).Sum() / powers.Sum())];
            }
        }

        private double[] Linear(double[] x, string name)
        {
            var (weight, bias) = (weights(name + ".weight"), weights(name + ".bias"));
            return [.. bias.Select((b, row) => b + x.Select((value, i) => value * weight[(row * x.Length) + i]).Sum())];
        }

        private double[] Norm(double[] x, string name)
        {
            var (weight, bias, mean) = (weights(name + ".weight"), weights(name + ".bias"), x.Average());
            var deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + 1e-5);
            return [.. x.Select((value, i) => ((value - mean) / deviation * weight[i]) + bias[i])];
        }

        private double Activate(double x) => activation switch
        {
            "relu" => Math.Max(0, x),
            "swish" => x / (1 + Math.Exp(-x)),
            _ => x * NormalShare(x),
        };

        private static double NormalShare(double x)
        {
            const int Steps = 2000;
            var step = Math.Abs(x) / Steps;
            var sum = Enumerable.Range(0, Steps).Sum(i => Math.Exp(-Math.Pow((i + .5) * step, 2) / 2) * step);
            return .5 + (Math.Sign(x) * sum / Math.Sqrt(2 * Math.PI));
        }

        private static double[] Sum(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a + b)];
    }
}
