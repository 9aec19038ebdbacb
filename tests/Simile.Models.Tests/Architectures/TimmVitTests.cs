using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using Simile.Testing;

namespace Simile.Models.Tests.Architectures;

/// <summary>
/// Variants of timm's vision transformer and of DINOv2's own files, made of the golden checkpoints: what is pooled follows from the vectors
/// of the tokens.
/// </summary>
public class TimmVitTests
{
    private const int Hidden = 32;
    private const int Heads = 4;

    [Theory]
    [InlineData("token", 0)]
    [InlineData("avg", 0)]
    [InlineData("max", 0)]
    [InlineData("avgmax", 0)]
    [InlineData("avg", 2)]
    [InlineData("max", 2)]
    public void Vectors_are_pooled_as_the_config_says(string pool, int registers)
    {
        var (config, tensors) = Read("golden/architectures/timm_vit");
        Arguments(config)["global_pool"] = pool;
        Add(tensors, "reg_token", registers > 0 ? [1, registers, Hidden] : null);
        if (registers > 0)
        {
            Arguments(config)["no_embed_class"] = false;
            Grow(tensors, "pos_embed", registers);
        }

        var (tokens, pooled) = Run(config, tensors, "forward_features", "pre_logits");
        var rows = tokens.Chunk(Hidden).ToArray();
        var patches = rows[(1 + registers)..];
        var expected = Enumerable.Range(0, Hidden).Select(k => pool switch
        {
            "token" => rows[0][k],
            "avg" => patches.Average(row => row[k]),
            "max" => patches.Max(row => row[k]),
            _ => (patches.Max(row => row[k]) + patches.Average(row => row[k])) / 2,
        });
        Assert.All(expected.Zip(pooled), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void A_pool_that_is_not_known_is_refused_by_its_name()
    {
        var (config, tensors) = Read("golden/architectures/timm_vit");
        Arguments(config)["global_pool"] = "median";
        Assert.Contains(
            "median",
            Assert.Throws<NotSupportedException>(() => Run(config, tensors, "pre_logits", "pre_logits")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_learnt_query_pools_as_attention_does()
    {
        var (config, tensors) = Read("golden/architectures/timm_vit");
        Arguments(config)["global_pool"] = "map";
        const string Name = "attn_pool.";
        foreach (var (name, shape) in new (string, long[])[]
        {
            ("latent", [1, 1, Hidden]),
            ("q.weight", [Hidden, Hidden]),
            ("q.bias", [Hidden]),
            ("kv.weight", [2 * Hidden, Hidden]),
            ("kv.bias", [2 * Hidden]),
            ("proj.weight", [Hidden, Hidden]),
            ("proj.bias", [Hidden]),
            ("norm.weight", [Hidden]),
            ("norm.bias", [Hidden]),
            ("mlp.fc1.weight", [50, Hidden]),
            ("mlp.fc1.bias", [50]),
            ("mlp.fc2.weight", [Hidden, 50]),
            ("mlp.fc2.bias", [Hidden]),
        })
        {
            Add(tensors, Name + name, shape);
        }

        var (tokens, pooled) = Run(config, tensors, "forward_features", "pre_logits");
        var patches = tokens.Chunk(Hidden).Skip(1).Select(row => Array.ConvertAll(row, number => (double)number)).ToArray();
        double[] Linear(double[] x, string name) => SlowLinear(x, tensors[Name + name + ".weight"], tensors[Name + name + ".bias"]);
        var query = Linear([.. tensors[Name + "latent"].ToFloats().ToArray().Select(number => (double)number)], "q");
        var both = patches.Select(patch => Linear(patch, "kv")).ToArray();
        var context = new double[Hidden];
        for (var head = 0; head < Heads; head++)
        {
            var size = Hidden / Heads;
            var range = Enumerable.Range(head * size, size).ToArray();
            var scores = both.Select(kv => Math.Exp(range.Sum(k => query[k] * kv[k]) / Math.Sqrt(size))).ToArray();
            foreach (var k in range)
            {
                context[k] = both.Zip(scores).Sum(pair => pair.First[Hidden + k] * pair.Second) / scores.Sum();
            }
        }

        var x = Linear(context, "proj");
        var (mean, norm) = (x.Average(), new double[Hidden]);
        var deviation = Math.Sqrt(x.Average(number => (number - mean) * (number - mean)) + 1e-6);
        for (var k = 0; k < Hidden; k++)
        {
            norm[k] = ((x[k] - mean) / deviation * tensors[Name + "norm.weight"].ToFloats().Span[k])
                + tensors[Name + "norm.bias"].ToFloats().Span[k];
        }

        var unit = Linear(Array.ConvertAll(Linear(norm, "mlp.fc1"), Gelu), "mlp.fc2");
        Assert.All(x.Zip(unit, (a, b) => a + b).Zip(pooled), pair => Assert.Equal(pair.First, pair.Second, 2e-4));
    }

    [Fact]
    public void Tokens_without_places_of_their_own_stand_before_the_patches()
    {
        var (config, tensors) = Read("golden/architectures/timm_vit");
        var withPlaces = Run(config, tensors, "hidden_states.0", "hidden_states.0").First.ToArray();
        var table = tensors["pos_embed"];
        tensors["pos_embed"] = table = new Tensor(
            "pos_embed", DType.F32, [1, table.Shape[1] - 1, Hidden], table.Bytes[(Hidden * sizeof(float))..]);
        var without = Run(config, tensors, "hidden_states.0", "hidden_states.0").First;
        Assert.Equal(tensors["cls_token"].ToFloats().ToArray(), without[..Hidden]);
        Assert.All(withPlaces[Hidden..].Zip(without[Hidden..]), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Distilled_networks_have_two_tokens_and_the_mean_of_two_classifiers()
    {
        var (config, tensors) = Read("golden/architectures/timm_vit");
        Add(tensors, "dist_token", [1, 1, Hidden]);
        Grow(tensors, "pos_embed", 1);
        Add(tensors, "head_dist.weight", tensors["head.weight"].Shape);
        Add(tensors, "head_dist.bias", tensors["head.bias"].Shape);
        var (tokens, logits) = Run(config, tensors, "forward_features", "logits");
        var rows = tokens.Chunk(Hidden).Select(row => Array.ConvertAll(row, number => (double)number)).ToArray();
        var expected = SlowLinear(rows[0], tensors["head.weight"], tensors["head.bias"])
            .Zip(SlowLinear(rows[1], tensors["head_dist.weight"], tensors["head_dist.bias"]), (a, b) => (a + b) / 2);
        Assert.All(expected.Zip(logits), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Theory]
    [InlineData("golden/architectures/dinov2", PositionFilter.BicubicOffset)]
    [InlineData("golden/architectures/dinov2_registers", PositionFilter.BicubicAntialias)]
    [InlineData("cases/architectures/dinov2_swiglu", PositionFilter.BicubicOffset)]
    internal void A_file_of_DINOv2s_own_code_gives_what_the_same_weights_give_in_transformers(string name, PositionFilter filter)
    {
        var folder = Assets.Require(name);
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        using var checkpoint = ModelFolder.Find(folder).OpenCheckpoint();
        var heads = $$"""{"num_heads": {{config.RootElement.GetProperty("num_attention_heads").GetInt32()}}}""";
        var own = Own(checkpoint, config.RootElement.GetProperty("num_hidden_layers").GetInt32());
        var (patch, side) = ((int)own["patch_embed.proj.weight"].Shape[3], (int)Math.Sqrt(own["pos_embed"].Shape[1] - 1));
        using var theirs = ImageNetwork.Build(config.RootElement, new Checkpoint(checkpoint.Tensors), ["pooler_output"]);
        using var same = Build(heads, own, "pooler_output");
        Assert.All(
            Run(theirs, side * patch, side * patch).Zip(Run(same, side * patch, side * patch)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        // The first DINOv2 code adds an offset of .1: a smaller picture gets other positions than in transformers. The slow formula gives
        // them.
        using var first = Build(heads, own, "hidden_states.0");
        var entered = Run(first, 2 * patch, 3 * patch);
        using var blank = ImageNetwork.Build(
            config.RootElement,
            new Checkpoint(checkpoint.Tensors.ToDictionary(
                t => t.Key, t => t.Key.EndsWith("embeddings.position_embeddings", StringComparison.Ordinal) ? Zeros(t.Value) : t.Value)),
            ["hidden_states.0"]);
        var hidden = (int)own["cls_token"].Shape[^1];
        var places = SlowPositions.Resample(own["pos_embed"].ToFloats().Span[hidden..], (side, side), (2, 3), hidden, filter);
        Assert.All(
            Run(blank, 2 * patch, 3 * patch).TakeLast(places.Length).Zip(places, (a, b) => a + b).Zip(entered.TakeLast(places.Length)),
            pair => Assert.Equal(pair.First, pair.Second, 3e-5));
    }

    private static Tensor Zeros(Tensor tensor) => new(tensor.Name, tensor.Type, tensor.Shape, new byte[tensor.Bytes.Length]);

    // The names of the published files.
    private static Dictionary<string, Tensor> Own(Checkpoint checkpoint, int layers)
    {
        var own = new Dictionary<string, Tensor>();
        void Move(string from, string to)
        {
            if (checkpoint.Find(from) is { } tensor)
            {
                own[to] = new Tensor(to, tensor.Type, tensor.Shape, tensor.Bytes);
            }
        }

        foreach (var (from, to) in new[]
        {
            ("cls_token", "cls_token"),
            ("position_embeddings", "pos_embed"),
            ("register_tokens", "register_tokens"),
            ("mask_token", "mask_token"),
            ("patch_embeddings.projection.weight", "patch_embed.proj.weight"),
            ("patch_embeddings.projection.bias", "patch_embed.proj.bias"),
        })
        {
            Move("embeddings." + from, to);
        }

        Move("layernorm.weight", "norm.weight");
        Move("layernorm.bias", "norm.bias");
        for (var i = 0; i < layers; i++)
        {
            var (from, to) = ($"encoder.layer.{i}.", $"blocks.{i}.");
            foreach (var part in new[] { "weight", "bias" })
            {
                string[] names = ["query", "key", "value"];
                var all = names.Select(name => checkpoint[$"{from}attention.attention.{name}.{part}"]).ToArray();
                own[$"{to}attn.qkv.{part}"] = new Tensor(
                    $"{to}attn.qkv.{part}",
                    all[0].Type,
                    [3 * all[0].Shape[0], .. all[0].Shape[1..]],
                    all.SelectMany(tensor => tensor.Bytes.ToArray()).ToArray());
                foreach (var (old, name) in new[]
                {
                    ("attention.output.dense", "attn.proj"), ("norm1", "norm1"), ("norm2", "norm2"), ("mlp.fc1", "mlp.fc1"),
                    ("mlp.fc2", "mlp.fc2"), ("mlp.weights_in", "mlp.w12"), ("mlp.weights_out", "mlp.w3"),
                })
                {
                    Move($"{from}{old}.{part}", $"{to}{name}.{part}");
                }
            }

            Move(from + "layer_scale1.lambda1", to + "ls1.gamma");
            Move(from + "layer_scale2.lambda1", to + "ls2.gamma");
        }

        return own;
    }

    private static (JsonObject Config, Dictionary<string, Tensor> Tensors) Read(string name)
    {
        var folder = Assets.Require(name);
        using var checkpoint = ModelFolder.Find(folder).OpenCheckpoint();
        var tensors = checkpoint.Tensors.ToDictionary(
            t => t.Key, t => new Tensor(t.Key, t.Value.Type, t.Value.Shape, t.Value.Bytes.ToArray()));
        return (JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!.AsObject(), tensors);
    }

    private static JsonObject Arguments(JsonObject config) => config["model_args"]!.AsObject();

    private static void Add(Dictionary<string, Tensor> tensors, string name, long[]? shape)
    {
        if (shape is not null)
        {
            var numbers = Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b))
                .Select(i => 0.2f * MathF.Sin((i * 2.3f) + name.Length))
                .ToArray();
            tensors[name] = new Tensor(name, DType.F32, shape, MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
        }
    }

    // Places for more tokens before the patches.
    private static void Grow(Dictionary<string, Tensor> tensors, string name, int tokens)
    {
        var old = tensors[name];
        Add(tensors, name, [1, tokens, Hidden]);
        tensors[name] = new Tensor(
            name, DType.F32, [1, tokens + old.Shape[1], Hidden], (byte[])[.. tensors[name].Bytes.Span, .. old.Bytes.Span]);
    }

    private static (float[] First, float[] Second) Run(JsonObject config, Dictionary<string, Tensor> tensors, string first, string second)
    {
        using var one = Build(config.ToJsonString(), tensors, first);
        using var two = Build(config.ToJsonString(), tensors, second);
        return (Run(one, 32, 32), Run(two, 32, 32));
    }

    private static OnnxModel Build(string config, Dictionary<string, Tensor> tensors, string output)
    {
        using var parsed = JsonDocument.Parse(config);
        return ImageNetwork.Build(parsed.RootElement, new Checkpoint(tensors), [output]);
    }

    private static float[] Run(OnnxModel network, int height, int width)
    {
        var pixels = Enumerable.Range(0, 3 * height * width).Select(i => MathF.Sin(i * 0.37f)).ToArray();
        using var results = network.Run(
            [network.Inputs[0]], [OrtValue.CreateTensorValueFromMemory(pixels, [1, 3, height, width])], network.Outputs);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static double[] SlowLinear(double[] x, Tensor weight, Tensor bias)
    {
        var (numbers, shift) = (weight.ToFloats().ToArray(), bias.ToFloats().ToArray());
        return [.. shift.Select((b, i) => b + x.Select((number, k) => number * numbers[(i * x.Length) + k]).Sum())];
    }

    // x Φ(x), Φ summed up from its series.
    private static double Gelu(double x)
    {
        var (term, sum) = (x, x);
        for (var n = 1; n < 60; n++)
        {
            term *= -x * x / (2 * n);
            sum += term / ((2 * n) + 1);
        }

        return x * (0.5 + (sum / Math.Sqrt(2 * Math.PI)));
    }
}
