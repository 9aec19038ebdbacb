using System.Globalization;

namespace Simile.Imaging.Features;

/// <summary>Parses the names of features: a word, and options in parentheses, separated by commas.</summary>
internal static class FeatureName
{
    private const string Known = "pixels, color, hog, lbp, hu and phash";

    public static PictureFeature Parse(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var (word, options) = Split(name);
        PictureFeature feature = word switch
        {
            "pixels" => options.Aggregate(new GrayPixels(), Pixels),
            "color" or "colour" => options.Aggregate(new ColorHistogram(), Color),
            "hog" => options.Aggregate(new Hog(), HogOption),
            "lbp" => options.Aggregate(new LocalBinaryPatterns(), Lbp),
            "hu" => options.Aggregate(new HuMoments(), Hu),
            "phash" => options.Aggregate(new PerceptualHash(), Hash),
            _ => throw new ArgumentException($"The picture feature \"{word}\" does not exist: use one of {Known}.", nameof(name)),
        };
        feature.Validate();
        return feature;
    }

    private static (string Word, string[] Options) Split(string name)
    {
        var open = name.IndexOf('(', StringComparison.Ordinal);
        return open < 0 ? (name.Trim(), [])
            : name.EndsWith(')') ? (name[..open].Trim(),
                name[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            : throw new ArgumentException(
                $"The options of a feature must be in parentheses, such as hog(64x128,9): \"{name}\" has no closing one.", nameof(name));
    }

    private static GrayPixels Pixels(GrayPixels feature, string option) => option switch
    {
        "inverted" => feature with { IsInverted = true },
        "bytes" => feature with { IsUnit = false },
        "across" => feature with { Order = PassOrder.HorizontalFirst },
        _ when Sizes(option) is [var width, var height] => feature with { Width = width, Height = height },
        _ => throw Unknown(option, "pixels", "WIDTHxHEIGHT, inverted, bytes, across"),
    };

    private static ColorHistogram Color(ColorHistogram feature, string option) => option switch
    {
        "rgb" => feature with { Space = ColorSpace.Rgb },
        "hsv" => feature with { Space = ColorSpace.Hsv },
        "lab" => feature with { Space = ColorSpace.Lab },
        "joint" => feature with { IsJoint = true },
        "counts" => feature with { IsCount = true },
        _ when Sizes(option) is [var first, var second, var third] => feature with { Bins = (first, second, third) },
        _ when Sizes(option) is [var bins] => feature with { Bins = (bins, bins, bins) },
        _ => throw Unknown(option, "color", "rgb, hsv, lab, joint, counts, BINS or BINSxBINSxBINS"),
    };

    private static Hog HogOption(Hog feature, string option) => option switch
    {
        "sqrt" => feature with { TakesSquareRoot = true },
        "rgb" => feature with { IsColor = true },
        "across" => feature with { Order = PassOrder.HorizontalFirst },
        "any" => feature with { Size = null },
        "l1" => feature with { BlockNorm = BlockNorm.L1 },
        "l1sqrt" => feature with { BlockNorm = BlockNorm.L1Sqrt },
        "l2" => feature with { BlockNorm = BlockNorm.L2 },
        "l2hys" => feature with { BlockNorm = BlockNorm.L2Hys },
        _ when option.StartsWith("cell=", StringComparison.Ordinal) && Sizes(option[5..]) is [var rows, var columns] =>
            feature with { PixelsPerCell = (rows, columns) },
        _ when option.StartsWith("block=", StringComparison.Ordinal) && Sizes(option[6..]) is [var rows, var columns] =>
            feature with { CellsPerBlock = (rows, columns) },
        _ when Sizes(option) is [var width, var height] => feature with { Size = (width, height) },
        _ when Sizes(option) is [var orientations] => feature with { Orientations = orientations },
        _ => throw Unknown(
            option, "hog", "WIDTHxHEIGHT, ORIENTATIONS, cell=ROWSxCOLUMNS, block=ROWSxCOLUMNS, l1, l1sqrt, l2, l2hys, sqrt, rgb, across"),
    };

    private static LocalBinaryPatterns Lbp(LocalBinaryPatterns feature, string option) => option switch
    {
        _ when Enum.TryParse<LbpMethod>(option, ignoreCase: true, out var method) && !char.IsAsciiDigit(option[0]) =>
            feature with { Method = method },
        _ when option.StartsWith("p=", StringComparison.Ordinal) && Sizes(option[2..]) is [var points] => feature with { Points = points },
        _
            when option.StartsWith("r=", StringComparison.Ordinal)
                && double.TryParse(option[2..], CultureInfo.InvariantCulture, out var radius) =>
            feature with { Radius = radius },
        _ => throw Unknown(option, "lbp", "p=POINTS, r=RADIUS, default, ror, uniform, nriuniform"),
    };

    private static HuMoments Hu(HuMoments feature, string option) =>
        option == "plain" ? feature with { IsLogarithm = false } : throw Unknown(option, "hu", "plain");

    private static PerceptualHash Hash(PerceptualHash feature, string option) =>
        Enum.TryParse<PerceptualHashKind>(option, ignoreCase: true, out var kind) && !char.IsAsciiDigit(option[0])
            ? feature with { Kind = kind }
            : throw Unknown(option, "phash", "average, difference, dct");

    private static int[] Sizes(string option)
    {
        var parts = option.Split('x');
        return parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? Array.ConvertAll(parts, part => int.Parse(part, CultureInfo.InvariantCulture))
            : [];
    }

    private static ArgumentException Unknown(string option, string feature, string known) =>
        new($"\"{option}\" is not an option of {feature}: use {known}.");
}
