using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using Simile.Testing;

namespace Simile.Models.Tests.Architectures;

/// <summary>
/// What enters the first layer of each family that has a table of places, for pictures of other sizes than the table was made for.
/// </summary>
public class PictureSizeTests
{
    private static readonly (int Rows, int Columns)[] Grids = [(4, 4), (2, 3), (3, 2), (1, 1), (9, 7), (2, 11), (5, 4)];

    [Theory]
    [InlineData("golden/architectures/vit", PositionFilter.Bicubic)]
    [InlineData("golden/architectures/dinov2", PositionFilter.Bicubic)]
    [InlineData("cases/architectures/dinov2_swiglu", PositionFilter.Bicubic)]
    [InlineData("golden/architectures/dinov2_registers", PositionFilter.BicubicAntialias)]
    [InlineData("golden/architectures/beit", PositionFilter.Bicubic)]
    [InlineData("golden/architectures/clip_new_eos", PositionFilter.Bicubic)]
    [InlineData("golden/architectures/siglip", PositionFilter.Bicubic)]
    [InlineData("golden/architectures/timm_vit", PositionFilter.BicubicAntialias)]
    [InlineData("cases/architectures/timm_vit_avg", PositionFilter.BicubicAntialias)]
    [InlineData("golden/architectures/tv_vit", PositionFilter.BicubicCorners)]
    internal void Places_follow_the_size_of_the_picture(string name, PositionFilter filter)
    {
        var (config, checkpoint, network) = Open(name);
        using (config)
        using (checkpoint)
        using (network)
        {
            foreach (var grid in Grids)
            {
                var (expected, pixels) = Enter(checkpoint, grid, filter);
                using var results = network.Run([network.Inputs[0]], [pixels], network.Outputs);
                var actual = results[0].GetTensorDataAsSpan<float>().ToArray();
                Assert.Equal(expected.Length, actual.Length);
                Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 5e-5));
            }
        }
    }

    [Fact]
    public void Patches_of_siglip2_that_are_padding_change_nothing_and_are_numbers()
    {
        var folder = Assets.Require("golden/architectures/siglip2");
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        string[] outputs = ["image_embeds", "vision_last_hidden_state"];
        using var network = DualEncoderNetwork.BuildPicture(config.RootElement, ModelFolder.Find(folder).OpenCheckpoint(), outputs);
        var values = network.InputShape("pixel_values")[^1];
        (int Rows, int Columns)[] grids = [(4, 3), (2, 6), (1, 1), (3, 5), (16, 1)];
        var together = Run(network, grids, 16, values);
        Assert.All(together.SelectMany(output => output), number => Assert.True(float.IsFinite(number)));
        for (var i = 0; i < grids.Length; i++)
        {
            var alone = Run(network, [grids[i]], grids[i].Rows * grids[i].Columns, values);
            var size = together[0].Length / grids.Length;
            Assert.All(alone[0].Zip(together[0].AsSpan(i * size, size).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void Places_of_siglip2_follow_the_proportions_of_each_picture()
    {
        var folder = Assets.Require("golden/architectures/siglip2");
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        using var network = DualEncoderNetwork.BuildPicture(
            config.RootElement, ModelFolder.Find(folder).OpenCheckpoint(), ["hidden_states.0"]);
        using var checkpoint = ModelFolder.Find(folder).OpenCheckpoint();
        var table = checkpoint["vision_model.embeddings.position_embedding.weight"];
        var (hidden, bias) = ((int)table.Shape[1], checkpoint["vision_model.embeddings.patch_embedding.bias"].ToFloats().ToArray());
        var side = (int)Math.Sqrt(table.Shape[0]);
        foreach (var (rows, columns) in Grids)
        {
            // Patches of zeros leave the bias, and what is added to it.
            var actual = Run(network, [(rows, columns)], rows * columns, network.InputShape("pixel_values")[^1], blank: true)[0];
            var (down, across) =
                (SlowPositions.Bilinear(side, rows, antialias: true), SlowPositions.Bilinear(side, columns, antialias: true));
            for (var i = 0; i < rows * columns * hidden; i++)
            {
                var (patch, component) = (i / hidden, i % hidden);
                var expected = bias[component] + Enumerable.Range(0, side * side).Sum(cell =>
                    down[patch / columns][cell / side] * across[patch % columns][cell % side]
                    * table.ToFloats().Span[(cell * hidden) + component]);
                Assert.Equal(expected, actual[i], 2e-5);
            }
        }
    }

    private static float[][] Run(OnnxModel network, (int Rows, int Columns)[] grids, int patches, int values, bool blank = false)
    {
        var (pixels, mask) = (new float[grids.Length * patches * values], new int[grids.Length * patches]);
        for (var i = 0; i < grids.Length; i++)
        {
            for (var j = 0; j < grids[i].Rows * grids[i].Columns; j++)
            {
                mask[(i * patches) + j] = 1;
                for (var k = 0; k < values && !blank; k++)
                {
                    pixels[(((i * patches) + j) * values) + k] = MathF.Sin((j * values) + (k * 3.1f) + grids[i].Rows);
                }
            }
        }

        var shapes = grids.SelectMany(grid => new long[] { grid.Rows, grid.Columns }).ToArray();
        using var results = network.Run(
            ["pixel_values", "pixel_attention_mask", "spatial_shapes"],
            [
                OrtValue.CreateTensorValueFromMemory(pixels, [grids.Length, patches, values]),
                OrtValue.CreateTensorValueFromMemory(mask, [grids.Length, patches]),
                OrtValue.CreateTensorValueFromMemory(shapes, [grids.Length, 2]),
            ],
            network.Outputs);
        return [.. results.Select(result => result.GetTensorDataAsSpan<float>().ToArray())];
    }

    private static (JsonDocument Config, Checkpoint Checkpoint, OnnxModel Network) Open(string name)
    {
        var folder = Assets.Require(name);
        var path = Path.Combine(folder, "config.json");
        var config = JsonDocument.Parse(File.Exists(path) ? File.ReadAllText(path) : """{"num_heads": 3}""");
        Checkpoint Weights() =>
            Directory.GetFiles(folder, "*.pth") is [var file, ..] ? PyTorchFile.Open(file) : ModelFolder.Find(folder).OpenCheckpoint();
        var family = config.RootElement.TryGetProperty("model_type", out var type) ? type.GetString() : null;
        var network = DualEncoderNetwork.Knows(family)
            ? DualEncoderNetwork.BuildPicture(config.RootElement, Weights(), ["hidden_states.0"])
            : ImageNetwork.Build(config.RootElement, Weights(), ["hidden_states.0"]);
        return (config, Weights(), network);
    }

    // A picture of noise, and what a slow convolution, the table and CLIP's norm make of it.
    private static (double[] Expected, OrtValue Pixels) Enter(Checkpoint checkpoint, (int Rows, int Columns) grid, PositionFilter filter)
    {
        var kernel = Find(
            checkpoint,
            "embeddings.patch_embeddings.projection.weight",
            "patch_embed.proj.weight",
            "conv_proj.weight",
            "vision_model.embeddings.patch_embedding.weight")!;
        var bias = checkpoint.Find(kernel.Name.Replace(".weight", ".bias", StringComparison.Ordinal));
        var (hidden, channels, patch) = ((int)kernel.Shape[0], (int)kernel.Shape[1], (int)kernel.Shape[2]);
        var (height, width) = (grid.Rows * patch, grid.Columns * patch);
        var pixels = Enumerable.Range(0, channels * height * width).Select(i => MathF.Sin(i * 0.37f)).ToArray();
        var weights = kernel.ToFloats().ToArray();
        var rows = new List<double[]>();
        for (var i = 0; i < grid.Rows * grid.Columns; i++)
        {
            rows.Add([.. Enumerable.Range(0, hidden)
                .Select(k => (double)(bias?.ToFloats().Span[k] ?? 0) + Enumerable.Range(0, channels * patch * patch).Sum(at =>
                {
                    var (channel, y, x) = (at / (patch * patch), at / patch % patch, at % patch);
                    return (double)weights[(k * channels * patch * patch) + at]
                        * pixels[(((channel * height) + (i / grid.Columns * patch) + y) * width) + (i % grid.Columns * patch) + x];
                }))]);
        }

        var token = Find(checkpoint, "embeddings.cls_token", "cls_token", "class_token", "vision_model.embeddings.class_embedding");
        if (token is not null)
        {
            rows.Insert(0, [.. token.ToFloats().ToArray().Select(number => (double)number)]);
        }

        Place(
            rows,
            Find(
                checkpoint,
                "embeddings.position_embeddings",
                "pos_embed",
                "encoder.pos_embedding",
                "vision_model.embeddings.position_embedding.weight"),
            token is null ? 0 : 1,
            grid,
            filter);
        if (Find(checkpoint, "embeddings.register_tokens") is { } registers)
        {
            rows.InsertRange(
                1, registers.ToFloats().ToArray().Chunk(hidden).Select(row => Array.ConvertAll(row, number => (double)number)));
        }

        if (Find(checkpoint, "vision_model.pre_layrnorm.weight") is { } scale)
        {
            rows = rows.ConvertAll(
                row => Normed(row, scale.ToFloats().ToArray(), checkpoint["vision_model.pre_layrnorm.bias"].ToFloats().ToArray()));
        }

        return ([.. rows.SelectMany(row => row)], OrtValue.CreateTensorValueFromMemory(pixels, [1, channels, height, width]));
    }

    private static void Place(List<double[]> rows, Tensor? table, int first, (int Rows, int Columns) grid, PositionFilter filter)
    {
        if (table is null)
        {
            return;
        }

        var (hidden, numbers) = (rows[0].Length, table.ToFloats().ToArray());
        var side = (int)Math.Sqrt((numbers.Length / hidden) - first);
        double[] places = [.. numbers.Take(first * hidden).Select(number => (double)number), .. SlowPositions.Resample(
            numbers.AsSpan(first * hidden), (side, side), grid, hidden, filter)];
        for (var i = 0; i < places.Length; i++)
        {
            rows[i / hidden][i % hidden] += places[i];
        }
    }

    private static double[] Normed(double[] row, float[] scale, float[] shift)
    {
        var mean = row.Average();
        var deviation = Math.Sqrt(row.Average(number => (number - mean) * (number - mean)) + 1e-5);
        return [.. row.Select((number, i) => ((number - mean) / deviation * scale[i]) + shift[i])];
    }

    private static Tensor? Find(Checkpoint checkpoint, params string[] names) =>
        names.Select(name =>
            checkpoint.Find(name) ?? checkpoint.Tensors.FirstOrDefault(t => t.Key.EndsWith("." + name, StringComparison.Ordinal)).Value)
            .FirstOrDefault(tensor => tensor is not null);
}
