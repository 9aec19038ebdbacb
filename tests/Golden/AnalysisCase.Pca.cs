using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Simile.Analysis;
using Simile.Numerics;
using Simile.Testing;

namespace Golden;

/// <content>Principal components.</content>
internal static partial class AnalysisCase
{
    private const double PcaTolerance = 1e-4;

    private static void CheckPca(CaseData data, List<string> differences)
    {
        var rows = data.Tensors!.Find("x") is null ? Mnist(data) : data.Matrix("x");
        var errors = Errors(data);
        int[] widths = [data.Floats("explained_variance").Length, .. errors.Select(e => e.Kept), .. Coordinates(data)
            .Select(c => data.Matrix(c.Name).Dimensions)];
        var pca = Pca.Fit(rows, new PcaOptions { Components = widths.Max() });
        var first = pca.Truncate(widths[0]);
        CompareNumbers("explained variance", data.Floats("explained_variance"), first.ExplainedVariance, differences);
        CompareNumbers("explained variance ratio", data.Floats("explained_variance_ratio"), first.ExplainedVarianceRatio, differences);
        CompareNumbers("singular values", data.Floats("singular_values"), first.SingularValues, differences);
        CompareUpToSign("component", data.Matrix("components"), pca.Components, pca, differences);
        if (data.Tensors!.Find("mean") is not null)
        {
            Compare("mean", data.Matrix("mean").AsSpan(), pca.Mean.ToArray(), 1e-6, PcaTolerance, differences);
        }

        foreach (var (kept, error) in errors)
        {
            Compare($"error of {kept}", error, pca.Truncate(kept).ReconstructionError(rows), (PcaTolerance * error) + 1e-9, differences);
        }

        CheckCoordinates(data, rows, differences);
    }

    private static (int Kept, double Error)[] Errors(CaseData data) => !data.Has("reconstruction_mse") ? [] :
        [.. data.Values.GetProperty("reconstruction_mse").EnumerateObject()
            .Select(e => (int.Parse(e.Name, CultureInfo.InvariantCulture), e.Value.GetDouble()))];

    private static IEnumerable<(string Name, bool Whiten)> Coordinates(CaseData data) =>
        new[] { (Name: "transformed_first5", Whiten: false), (Name: "whitened_first5", Whiten: true) }
            .Where(c => data.Tensors!.Find(c.Name) is not null);

    // Columns are compared whole, as components are, up to their sign.
    private static void CheckCoordinates(CaseData data, VectorMatrix rows, List<string> differences)
    {
        foreach (var (name, whiten) in Coordinates(data))
        {
            var expected = data.Matrix(name);
            var pca = Pca.Fit(rows, new PcaOptions { Components = expected.Dimensions, Whiten = whiten });
            var first = new VectorMatrix(rows.AsSpan()[..(expected.Count * rows.Dimensions)].ToArray(), rows.Dimensions);
            CompareUpToSign(
                $"{name}, column", MatrixProduct.Transpose(expected), MatrixProduct.Transpose(pca.Transform(first)), pca, differences);
        }
    }

    // What is nothing beside the greatest is rounding.
    private static void CompareNumbers(string what, float[] expected, IEnumerable<double> actual, List<string> differences) =>
        Compare(what, expected, Floats(actual), 1e-6 * expected.Max(), PcaTolerance, differences);

    // A component along which nothing varies could be any: it is not compared.
    private static void CompareUpToSign(string what, VectorMatrix expected, VectorMatrix actual, Pca pca, List<string> differences)
    {
        for (var i = 0; i < expected.Count; i++)
        {
            if (pca.ExplainedVariance[i] <= 1e-9 * pca.ExplainedVariance[0])
            {
                continue;
            }

            var greatest = expected[i].ToArray().Max(Math.Abs);
            var dot = 0.0;
            for (var j = 0; j < expected.Dimensions; j++)
            {
                dot += expected[i][j] * actual[i][j];
            }

            var turned = actual[i].ToArray().Select(x => dot < 0 ? -x : x).ToArray();
            Compare($"{what} {i}", expected[i], turned, PcaTolerance * greatest, PcaTolerance, differences);
        }
    }

    /// <summary>The t10k pictures of MNIST, divided by 255: all, or as many as the case's "data" names.</summary>
    private static VectorMatrix Mnist(CaseData data)
    {
        using var zipped = new GZipStream(
            File.OpenRead(Assets.Require("data/mnist/t10k-images-idx3-ubyte.gz")), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zipped.CopyTo(bytes);
        var pixels = bytes.ToArray().AsSpan(16);
        var rows = new VectorMatrix(pixels.Length / 784, 784);
        for (var i = 0; i < pixels.Length; i++)
        {
            rows.AsSpan()[i] = pixels[i] / 255f;
        }

        var named = data.Values.TryGetProperty("data", out var text) ? Regex.Match(text.GetString()!, "([0-9]+) rows") : Match.Empty;
        var count = named.Success ? int.Parse(named.Groups[1].Value, CultureInfo.InvariantCulture) : rows.Count;
        return new VectorMatrix(rows.AsSpan()[..(Math.Min(count, rows.Count) * 784)].ToArray(), 784);
    }

    private static float[] Floats(IEnumerable<double> values) => [.. values.Select(v => (float)v)];
}
