using System.Globalization;
using System.Text.Json;
using Simile.Imaging;
using Simile.Models;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Media;

/// <summary>Full-size CLIP ViT-B/32 with synthetic weights: the share of time spent on preprocessing.</summary>
internal static class PictureShare
{
    private const int Times = 4;

    private static readonly ImageProcessorOptions Clip = new()
    {
        ResizeHeight = 224,
        Filter = ResizeFilter.Bicubic,
        Library = ImageLibrary.Transformers,
        Mean = [0.48145466f, 0.4578275f, 0.40821073f],
        Std = [0.26862954f, 0.26130258f, 0.27577711f],
    };

    public static void Run(string assets)
    {
        string[] files = [.. Enumerable.Repeat(Photos.Files(assets), Times).SelectMany(file => file)];
        using var embedder = Load(assets, Weights(assets));
        var numbers = new float[files.Length * 3 * 224 * 224];
        embedder.Embed(files[..8]);
        var (all, before) = (new List<double>(), new List<double>());
        for (var round = 0; round < 3; round++)
        {
            before.Add(Rounds.Seconds(() => MakeReady(embedder.Processor, files, numbers)));
            all.Add(Rounds.Seconds(() => embedder.Embed(files)));
        }

        Console.WriteLine($"\n| CLIP ViT-B/32, {files.Length} photos, all cores | |\n|---|---|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| photos a second, from file to vector | {files.Length / Rounds.Median(all):F1} |"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| photos a second, read and made ready alone | {files.Length / Rounds.Median(before):F1} |"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| share of reading and making ready in the wall time | {Rounds.Median(before) / Rounds.Median(all):P1} |"));
    }

    private static void MakeReady(ImageProcessor processor, string[] files, float[] numbers) =>
        Parallel.For(0, files.Length, i => processor.Process(Picture.Load(files[i]), numbers.AsSpan(i * 3 * 224 * 224, 3 * 224 * 224)));

    /// <summary>The model.</summary>
    public static ImageEmbedder Load(string assets, Checkpoint weights)
    {
        using var info = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Golden(assets), "case.json")));
        using var config = JsonDocument.Parse(
            info.RootElement.GetProperty("constructor").GetProperty("args").GetRawText().Insert(1, "\"model_type\": \"clip\","));
        return new ImageEmbedder(
            "clip",
            DualEncoderNetwork.BuildPicture(config.RootElement, weights, ["image_embeds"]),
            "image_embeds",
            new ImageProcessor(Clip),
            new ImageEmbedderOptions());
    }

    /// <summary>Writes its weights into a folder.</summary>
    /// <returns>The file.</returns>
    public static string WriteWeights(string assets, string folder)
    {
        using var weights = Weights(assets);
        var file = Path.Combine(folder, "model.safetensors");
        SafeTensorsWriter.Write(
            file, [.. weights.Tensors.Values.Select(tensor => new TensorPart(tensor.Name, tensor.Type, tensor.Shape, () => tensor.Bytes))]);
        return file;
    }

    private static Checkpoint Weights(string assets)
    {
        using var info = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Golden(assets), "case.json")));
        return FormulaWeights.Make(
            Golden(assets),
            info.RootElement.GetProperty("seed_prefix").GetString()!,
            name => name.StartsWith("vi", StringComparison.Ordinal));
    }

    private static string Golden(string assets) => Path.Combine(assets, "golden", "architectures", "fullsize", "clip_vit_b_32");
}
