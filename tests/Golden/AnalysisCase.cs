using System.Text.Json;
using Simile.Models.Checkpoints;
using Simile.Numerics;
using Simile.Testing;

namespace Golden;

/// <summary>
/// One case of golden/analysis/cases.json. The names of its values tell which analysis it tests, so a new case of a known analysis needs no
/// code.
/// </summary>
internal static partial class AnalysisCase
{
    // What tells that a case is of a kind, and what compares it. Each kind is a file: AnalysisCase.KIND.cs.
    private static readonly (Func<CaseData, bool> Is, Action<CaseData, List<string>> Check)[] Kinds =
    [
        .. GroupKinds,
        (c => c.Has("explained_variance"), CheckPca),
        (c => c.Has("perplexity") && c.Has("kl"), CheckTSne),
        (c => c.Has("n_neighbors") && c.Has("a"), CheckUmap),
        (IsQuality, CheckQuality),
    ];

    /// <summary>Every case of every cases.json: the root, the folder below its part, and the name of the case.</summary>
    public static IEnumerable<(string Root, string Folder, string Name)> List() =>
        from file in GoldenCase.List()
        where file.Part == "analysis"
        from name in Names(Path.Combine(Assets.Root!, file.Root, file.Part, file.Name, "cases.json"))
        select (file.Root, file.Name, name);

    public static void Check(string folder, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        var values = document.RootElement.GetProperty("cases").GetProperty(name);
        var path = Path.Combine(folder, name + ".safetensors");
        using var tensors = File.Exists(path) ? SafeTensors.Open(path) : null;
        var differences = new List<string>();
        var data = new CaseData(name, values, tensors);
        var kind = Array.Find(Kinds, k => k.Is(data));
        Assert.SkipWhen(kind.Check is null, $"{name} is of a kind that is not built yet.");
        kind.Check!(data, differences);
        Assert.True(differences.Count == 0, $"{name}: {string.Join("\n", differences)}");
    }

    private static string[] Names(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("cases").EnumerateObject().Select(c => c.Name)];
    }

    /// <summary>What is known of a case.</summary>
    private sealed record CaseData(string Name, JsonElement Values, Checkpoint? Tensors)
    {
        public bool Has(string value) => Values.TryGetProperty(value, out _);

        public double Number(string name) => Values.GetProperty(name).GetDouble();

        public float[] Floats(string name) => [.. Values.GetProperty(name).EnumerateArray().Select(v => v.GetSingle())];

        public int Count(string name) => Values.GetProperty(name).GetInt32();

        /// <summary>A tensor of numbers as a matrix; one of a single dimension is one row.</summary>
        public VectorMatrix Matrix(string name) => AnalysisCase.Matrix(Tensors!, name);

        public ReadOnlySpan<int> Ints(string name) =>
            System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(Tensors![name].Bytes.Span);
    }

    private static VectorMatrix Matrix(Checkpoint tensors, string name)
    {
        var tensor = tensors[name];
        return new VectorMatrix(tensor.ToFloats().ToArray(), (int)tensor.Shape[^1]);
    }

    private static void Compare(string what, double expected, double actual, double tolerance, List<string> differences)
    {
        if (!(Math.Abs(expected - actual) <= tolerance))
        {
            differences.Add($"{what} is {actual:G9} where the reference has {expected:G9} (tolerance {tolerance:G3})");
        }
    }

    /// <summary>Names the first number that is further away than tolerance + relative · |expected|.</summary>
    private static void Compare(
        string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, double relative, List<string> differences)
    {
        if (expected.Length != actual.Length)
        {
            differences.Add($"{what}: {actual.Length} numbers where {expected.Length} were expected");
            return;
        }

        for (var i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance + (relative * Math.Abs(expected[i]))))
            {
                differences.Add($"{what}: number {i} is {actual[i]:G9} where the reference has {expected[i]:G9}");
                return;
            }
        }
    }
}
