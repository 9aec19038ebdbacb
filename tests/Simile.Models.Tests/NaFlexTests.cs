using Microsoft.ML.OnnxRuntime;
using Simile.Imaging;
using Simile.Models.Architectures;
using Simile.Models.Onnx;
using Simile.Testing;

namespace Simile.Models.Tests;

public class NaFlexTests
{
    [Fact]
    public void Pictures_of_any_proportions_go_through_SigLIP_2_as_slowly_made_and_padded_patches_do()
    {
        var folder = SmallDualEncoder.Make("siglip2", Assets.NewFolder());
        using var model = ClipModel.Load(folder);
        Assert.Contains("a photo of", model.DefaultTemplate(MediaKind.Image), StringComparison.Ordinal);
        string[] photos = [.. new[] { "chelsea.png", "coral_owl.jpg", "rocket.jpg" }.Select(name => Assets.Require("data/photos/" + name))];
        var (vectors, _, refused) = model.EmbedImages(photos);
        Assert.Empty(refused);
        using var network = DualEncoderFolder.Find(folder)
            .Build((config, checkpoint) => DualEncoderNetwork.BuildPicture(config, checkpoint, ["image_embeds"]));
        for (var i = 0; i < photos.Length; i++)
        {
            Assert.Equal(
                Slow(network, model.Images.Processor, Picture.Load(photos[i])), vectors[i].ToArray(), (a, b) => Math.Abs(a - b) <= 2e-6f);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_processor_of_another_network_is_refused()
    {
        var folder = SmallDualEncoder.Make("siglip2", Assets.NewFolder());
        File.WriteAllText(
            Path.Combine(folder, "preprocessor_config.json"),
            """{"image_processor_type": "SiglipImageProcessor", "size": {"height": 32, "width": 32}}""");
        Assert.Contains(
            "does not match its preprocessor",
            Assert.Throws<InvalidDataException>(() => ImageEmbedder.Load(folder)).Message,
            StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    // Patch by patch and value by value, filled up to 16 patches, which a mask leaves out.
    private static float[] Slow(OnnxModel network, ImageProcessor processor, Picture picture)
    {
        const int Patch = 8;
        const int Most = 16;
        var pixels = processor.Prepare(picture);
        var (rows, columns) = (pixels.Height / Patch, pixels.Width / Patch);
        var values = new float[Most * Patch * Patch * 3];
        for (var i = 0; i < rows * columns * Patch * Patch * 3; i++)
        {
            var (patch, inside, color) = (i / (Patch * Patch * 3), i / 3 % (Patch * Patch), i % 3);
            var (y, x) = ((patch / columns * Patch) + (inside / Patch), (patch % columns * Patch) + (inside % Patch));
            values[i] = ((pixels.Pixels[(((y * pixels.Width) + x) * 3) + color] / 255f) - 0.5f) / 0.5f;
        }

        var mask = Enumerable.Range(0, Most).Select(i => i < rows * columns ? 1 : 0).ToArray();
        using var patches = OrtValue.CreateTensorValueFromMemory(values, [1, Most, Patch * Patch * 3]);
        using var seen = OrtValue.CreateTensorValueFromMemory(mask, [1, Most]);
        using var shapes = OrtValue.CreateTensorValueFromMemory(new long[] { rows, columns }, [1, 2]);
        using var outputs = network.Run(
            ["pixel_values", "pixel_attention_mask", "spatial_shapes"], [patches, seen, shapes], ["image_embeds"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
