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
        double[] variances = [.. data.Values.GetProperty("explained_variance").EnumerateArray().Select(v => v.GetDouble())];
        var errors = data.Values.GetProperty("reconstruction_mse").EnumerateObject().Select(e => (Kept: int.Parse(e.Name, CultureInfo.InvariantCulture), Value: e.Value.GetDouble())).ToArray();
        var pca = Pca.Fit(rows, new PcaOptions { Components = Math.Max(variances.Length, errors.Max(e => e.Kept)) });
        var first = pca.Truncate(variances.Length);
        Compare("explained variance", Floats(variances), Floats(first.ExplainedVariance), 0, PcaTolerance, differences);
        Compare("explained variance ratio", data.Floats("explained_variance_ratio"), Floats(first.ExplainedVarianceRatio), 0, PcaTolerance, differences);
        Compare("singular values", data.Floats("singular_values"), Floats(first.SingularValues), 0, PcaTolerance, differences);
        Compare("mean", data.Matrix("mean").AsSpan(), pca.Mean.ToArray(), 1e-6, PcaTolerance, differences);
        CompareUpToSign("component", data.Matrix("components"), pca.Components, differences);
        foreach (var (kept, error) in errors)
        {
            Compare($"error of {kept}", error, pca.Truncate(kept).ReconstructionError(rows), PcaTolerance * error, differences);
        }

        CheckCoordinates(data, rows, pca, differences);
    }

    // Columns are compared whole, as components are, up to their sign.
    private static void CheckCoordinates(CaseData data, VectorMatrix rows, Pca pca, List<string> differences)
    {
        foreach (var (name, whiten) in new[] { ("transformed_first5", false), ("whitened_first5", true) })
        {
            var expected = data.Matrix(name);
            var fitted = whiten ? Pca.Fit(rows, new PcaOptions { Components = expected.Dimensions, Whiten = true }) : pca;
            var first = new VectorMatrix(rows.AsSpan()[..(expected.Count * rows.Dimensions)].ToArray(), rows.Dimensions);
            CompareUpToSign($"{name}, column", MatrixProduct.Transpose(expected), MatrixProduct.Transpose(fitted.Transform(first)), differences);
        }
    }

    private static void CompareUpToSign(string what, VectorMatrix expected, VectorMatrix actual, List<string> differences)
    {
        for (var i = 0; i < expected.Count; i++)
        {
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
        using var zipped = new GZipStream(File.OpenRead(Assets.Require("data/mnist/t10k-images-idx3-ubyte.gz")), CompressionMode.Decompress);
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
