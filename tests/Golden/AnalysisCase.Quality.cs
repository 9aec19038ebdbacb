using System.Text.RegularExpressions;
using Simile.Analysis;
using Simile.Numerics;

namespace Golden;

/// <content>Trustworthiness and continuity.</content>
internal static partial class AnalysisCase
{
    private static bool IsQuality(CaseData data) => data.Values.EnumerateObject().Any(v => Measure().IsMatch(v.Name));

    // Every value named trustworthiness_K or continuity_K.
    private static void CheckQuality(CaseData data, List<string> differences)
    {
        var plane = data.Matrix(data.Tensors!.Find("z") is null ? "y" : "z");
        var rows = data.Tensors!.Find("x") is null ? Picked(Mnist(data), data.Ints("rows")) : data.Matrix("x");
        foreach (var value in data.Values.EnumerateObject().Where(v => Measure().IsMatch(v.Name)))
        {
            var match = Measure().Match(value.Name);
            var k = int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture);
            var actual = match.Groups[1].Value == "continuity"
                ? ProjectionQuality.Continuity(rows, plane, k)
                : ProjectionQuality.Trustworthiness(rows, plane, k);
            Compare(value.Name, value.Value.GetDouble(), actual, 1e-5, differences);
        }
    }

    private static VectorMatrix Picked(VectorMatrix rows, ReadOnlySpan<int> numbers)
    {
        var picked = new VectorMatrix(numbers.Length, rows.Dimensions);
        for (var i = 0; i < numbers.Length; i++)
        {
            rows[numbers[i]].CopyTo(picked[i]);
        }

        return picked;
    }

    [GeneratedRegex("^(trustworthiness|continuity)_([0-9]+)$")]
    private static partial Regex Measure();
}
