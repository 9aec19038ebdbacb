using System.Globalization;
using System.Text;
using Simile.Imaging;
using Simile.Models;
using Simile.Models.Words;
using Simile.Numerics;
using Simile.Testing;

namespace Docs;

/// <summary>The numbers of pages that come from real photos and models are made here; SIMILE_APPROVE=1 writes them into the page.</summary>
public class FigureTests
{
    private const string Begin = "<!-- made by FigureTests -->\n";
    private const string End = "\n<!-- end -->";

    private static readonly string[] Banks =
    [
        "He sat on the bank of the river and watched the water.", "The boat was tied to the muddy bank of the stream.",
        "She took the money to the bank and opened an account.", "The bank raised its interest rates on loans.",
    ];

    [Fact]
    public void The_bank_of_a_river_and_the_bank_of_money_differ_in_context_alone()
    {
        using var context = ContextualEmbedder.Load(Assets.Require("models/all-MiniLM-L6-v2"));
        using var words = WordVectors.Load(Assets.Require("data/glove/glove_10k.100d.txt"));
        var banks = context.Embed(Banks).Select(tokens => tokens.Single(token => token.Token == "bank").Vector.ToArray()).ToArray();
        var still = words["bank"].ToArray();
        var text = new StringBuilder(
            "| \"bank\" of … | and \"bank\" of … | static (GloVe) | contextual (all-MiniLM-L6-v2) |\n|---|---|---|---|\n");
        foreach (var (a, b) in (((int, int)[])[(0, 1), (2, 3), (0, 2), (0, 3), (1, 2), (1, 3)]))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {Banks[a]} | {Banks[b]} | {VectorMath.Cosine(still, still):F2} | {VectorMath.Cosine(banks[a], banks[b]):F2} |\n");
        }

        Assert.True(Math.Min(Cosine(0, 1), Cosine(2, 3))
            > Math.Max(Math.Max(Cosine(0, 2), Cosine(0, 3)), Math.Max(Cosine(1, 2), Cosine(1, 3))) + 0.05f);
        Check("docs/tokens.md", text.ToString().TrimEnd('\n'));

        float Cosine(int a, int b) => VectorMath.Cosine(banks[a], banks[b]);
    }

    [Fact]
    public void Pixels_lose_a_photo_that_moves_and_a_network_does_not()
    {
        var files = Directory.GetFiles(Assets.Require("data/photos")).Where(file => Path.GetExtension(file) is ".jpg" or ".png")
            .Order(StringComparer.Ordinal)
            .ToArray();
        Picture[] photos = [.. files.Select(file => Picture.Load(file))];
        (string Name, Func<Picture, Picture> Change)[] edits = [("shifted by a fifth", Shifted), ("half as large, on gray", Smaller), (
            "the middle half", Middle)];
        (string Name, string Model)[] models = [("gray pixels", "features/pixels"), ("color histogram", "features/color"),
            ("HOG", "features/hog"), ("perceptual hash", "features/phash"), ("the built-in network", TextEmbedder.BuiltIn)];
        var text = new StringBuilder(
            $"| {photos.Length} photos | {string.Join(" | ", edits.Select(edit => edit.Name))} |\n"
            + $"|---|{string.Concat(edits.Select(_ => "---|"))}\n");
        var found = new Dictionary<string, int>();
        foreach (var (name, model) in models)
        {
            using var embedder = MultimodalModel.Load(model);
            var originals = Array.ConvertAll(photos, embedder.EmbedImage);
            var counts = Array.ConvertAll(
                edits, edit => Found(originals, Array.ConvertAll(photos, photo => embedder.EmbedImage(edit.Change(photo)))));
            found[model] = counts.Sum();
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", counts)} |\n");
        }

        Assert.True(found[TextEmbedder.BuiltIn] > found["features/pixels"], text.ToString());
        Check("docs/features.md", text.ToString().TrimEnd('\n'));
    }

    // How many edited photos have their own original as the nearest one.
    private static int Found(float[][] originals, float[][] edited) =>
        Enumerable.Range(0, edited.Length)
            .Count(i => Enumerable.Range(0, originals.Length).MaxBy(j => VectorMath.Cosine(edited[i], originals[j])) == i);

    private static Picture Shifted(Picture photo) => Placed(photo, photo.Width, photo.Height, photo.Width / 5, photo.Height / 5);

    private static Picture Smaller(Picture photo) =>
        Placed(
            photo.Resize(Math.Max(1, photo.Width / 2), Math.Max(1, photo.Height / 2)),
            photo.Width,
            photo.Height,
            photo.Width / 4,
            photo.Height / 4);

    private static Picture Middle(Picture photo) =>
        photo.Resize(
            photo.Width,
            photo.Height,
            new ResizeOptions { Box = (photo.Width / 4f, photo.Height / 4f, photo.Width * 0.75f, photo.Height * 0.75f) });

    private static Picture Placed(Picture photo, int width, int height, int left, int top)
    {
        var pixels = new byte[width * height * photo.Channels];
        pixels.AsSpan().Fill(128);
        for (var y = 0; y < Math.Min(photo.Height, height - top); y++)
        {
            var count = Math.Min(photo.Width, width - left) * photo.Channels;
            photo.Pixels.Slice(y * photo.Width * photo.Channels, count)
                .CopyTo(pixels.AsSpan((((top + y) * width) + left) * photo.Channels));
        }

        return new Picture(width, height, photo.Channels, pixels);
    }

    private static void Check(string page, string made)
    {
        var (path, text) = (Path.Combine(Assets.Repository, page), Page.Text(page));
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("SIMILE_APPROVE") == "1")
        {
            File.WriteAllText(path, text[..begin] + made + text[end..]);
            return;
        }

        Assert.Equal(made, text[begin..end]);
    }
}
