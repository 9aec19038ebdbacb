using System.Numerics.Tensors;
using Simile.Audio;
using Simile.Imaging;
using Simile.Models.Projection;

namespace Simile.Models.Verification;

/// <summary>Compares tokens, pixels and vectors with reference values.</summary>
internal static class ValueChecks
{
    private const int ShownLetters = 32;

    // If the model normalizes a vector, the reference's vector is normalized too.
    private const double UnitSlack = 1e-3;

    /// <summary>Loads the model and compares it. A model that cannot be loaded is one failed check.</summary>
    public static IReadOnlyList<ModelCheck> Run(
        string model, IReadOnlyList<Reference> references, double tolerance, CancellationToken cancellationToken)
    {
        if (references.All(reference => reference.Items.Count == 0))
        {
            return [];
        }

        try
        {
            using var loaded = MultimodalModel.Load(model);
            return
            [
                .. references.SelectMany(reference => reference.Items.SelectMany(item =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return Checks(loaded, item, reference.Tolerance ?? tolerance);
                })),
            ];
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or FileNotFoundException)
        {
            return [new ModelCheck("the model", "can be loaded", e.Message, null, CheckVerdict.Different)];
        }
    }

    private static IEnumerable<ModelCheck> Checks(MultimodalModel model, ReferenceItem item, double tolerance)
    {
        try
        {
            return [.. item.Kind switch
            {
                MediaKind.Image => OfImage(model, item, tolerance),
                MediaKind.Sound => OfSound(model, item, tolerance),
                _ => OfText(model, item, tolerance),
            }];
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or FileNotFoundException or ArgumentException)
        {
            return [new ModelCheck(Short(item.Name), "can be read", e.Message, null, CheckVerdict.Different)];
        }
    }

    private static IEnumerable<ModelCheck> OfText(MultimodalModel model, ReferenceItem item, double tolerance)
    {
        model.Require(MediaKind.Text);
        if (item.Ids is { } expected)
        {
            var ids = model.Texts.Tokenizer.Encode(item.Name).Ids;
            var at = expected.AsSpan().CommonPrefixLength(ids);
            var isSame = at == expected.Length && at == ids.Length;
            yield return new ModelCheck(
                $"tokens of \"{Short(item.Name)}\"",
                $"{expected.Length} tokens",
                isSame ? $"{ids.Length} tokens" : $"{ids.Length} tokens, other ones from token {at}",
                null,
                Verdict(isSame));
        }

        if (item.Vector is { } vector)
        {
            yield return Compare($"vector of \"{Short(item.Name)}\"", vector, model.Texts.Embed(item.Name), tolerance);
        }
    }

    private static List<ModelCheck> OfImage(MultimodalModel model, ReferenceItem item, double tolerance)
    {
        model.Require(MediaKind.Image);
        List<ModelCheck> checks = [];
        if ((item.Numbers is not null || item.Mean is not null) && Processor(model) is { } processor)
        {
            var picture = Picture.Load(item.Path!);
            var (width, height) = processor.OutputSize(picture.Width, picture.Height);
            var numbers = new float[3 * width * height];
            processor.Process(picture, numbers);
            checks.AddRange(OfNumbers("pixel", item, numbers, $"{height} x {width} x 3", tolerance));
        }

        if (item.Vector is { } vector)
        {
            var got = model.EmbedImages([item.Path!]);
            checks.Add(got.Refused is [var first]
                ? throw new InvalidDataException(first.Reason)
                : Compare($"vector of {Short(item.Name)}", vector, got.Vectors[0].ToArray(), tolerance));
        }

        return checks;
    }

    private static List<ModelCheck> OfSound(MultimodalModel model, ReferenceItem item, double tolerance)
    {
        model.Require(MediaKind.Sound);
        List<ModelCheck> checks = [];
        var sound = item.LoadSound() is { Samples.IsEmpty: false } loaded
            ? loaded
            : throw new InvalidDataException($"{item.Name} has no samples.");
        if ((item.Numbers is not null || item.Mean is not null) && Extractor(model) is { } extractor)
        {
            var features = extractor.Extract(sound);
            checks.AddRange(OfNumbers("feature", item, features.Values, string.Join(" x ", features.Shape), tolerance));
        }

        if (item.Vector is { } vector)
        {
            checks.Add(Compare($"vector of {Short(item.Name)}", vector, model.EmbedSounds([sound])[0].ToArray(), tolerance));
        }

        return checks;
    }

    private static IEnumerable<ModelCheck> OfNumbers(string what, ReferenceItem item, float[] numbers, string shape, double tolerance)
    {
        if (item.Numbers is { } expected)
        {
            float[] got = [.. Enumerable.Range(0, (numbers.Length + item.Step - 1) / item.Step).Select(i => numbers[i * item.Step])
                .Take(expected.Length)];
            var difference = Largest(expected, got);
            yield return new ModelCheck(
                $"{what}s of {Short(item.Name)}",
                $"{expected.Length} numbers",
                $"{got.Length} of {shape}",
                difference,
                Verdict(difference <= tolerance));
        }

        if (item.Mean is { } mean)
        {
            var got = numbers.Average(x => (double)x);
            var difference = Math.Abs(got - mean);
            yield return new ModelCheck(
                $"mean {what} of {Short(item.Name)}",
                FormattableString.Invariant($"{mean:F6}"),
                FormattableString.Invariant($"{got:F6}"),
                difference,
                Verdict(difference <= tolerance));
        }
    }

    private static ImageProcessor? Processor(MultimodalModel model) => model switch
    {
        ClipModel clip => clip.Images.Processor,
        ImageModel images => images.Images.Processor,
        ProjectedModel join => join.Images?.Processor,
        _ => null,
    };

    private static FeatureExtractor? Extractor(MultimodalModel model) => model switch
    {
        ClipModel clip => clip.Sounds.Extractor,
        SoundModel sounds => sounds.Sounds.Extractor,
        ProjectedModel join => join.Sounds?.Extractor,
        _ => null,
    };

    private static ModelCheck Compare(string what, float[] expected, float[] got, double tolerance)
    {
        if (Math.Abs(TensorPrimitives.Norm<float>(got) - 1) < UnitSlack && TensorPrimitives.Norm<float>(expected) is > 0 and var length)
        {
            expected = [.. expected.Select(x => x / length)];
        }

        var difference = Largest(expected, got);
        var cosine = expected.Length == got.Length ? TensorPrimitives.CosineSimilarity<float>(expected, got) : 0;
        return new ModelCheck(
            what,
            $"{expected.Length} numbers",
            FormattableString.Invariant($"{got.Length} numbers, cosine {cosine:F6}"),
            difference,
            Verdict(difference <= tolerance));
    }

    // NaN and different counts give an infinite difference.
    private static double Largest(ReadOnlySpan<float> expected, ReadOnlySpan<float> got)
    {
        if (expected.Length != got.Length || expected.IsEmpty)
        {
            return double.PositiveInfinity;
        }

        var largest = 0.0;
        for (var i = 0; i < got.Length; i++)
        {
            var difference = Math.Abs((double)expected[i] - got[i]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }

    private static CheckVerdict Verdict(bool isSame) => isSame ? CheckVerdict.Same : CheckVerdict.Different;

    private static string Short(string name)
    {
        var line = name.ReplaceLineEndings(" ");
        return line.Length <= ShownLetters ? line : string.Concat(line.AsSpan(0, ShownLetters - 1), "…");
    }
}
