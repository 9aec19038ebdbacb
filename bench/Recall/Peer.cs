using System.Diagnostics;
using System.Globalization;

/// <summary>hnswlib (M 16, efConstruction 200) in its own process.</summary>
internal sealed class Peer(string folder)
{
    public const string Name = "hnswlib";

    private const string Breadths = "10,14,20,28,40,56,80,112,160,240,320,480,640";

    public (double Wall, double Cpu, long Bytes) Build(DataSet set, int threads)
    {
        var numbers = Run("build", set.PeerMetric, set.BasePath, IndexOf(set), $"{threads}").Single();
        return (numbers[0], numbers[1], (long)numbers[2]);
    }

    public Point[] Search(DataSet set, string truth, double share = 1)
    {
        if (!File.Exists(IndexOf(set)))
        {
            Build(set, Environment.ProcessorCount);
        }

        string[] filter = share < 1 ? [share.ToString(CultureInfo.InvariantCulture)] : [];
        return [.. Run(["search", set.PeerMetric, IndexOf(set), set.QueriesPath, truth, $"{set.Queries.Count}", Breadths, .. filter])
            .Select(numbers => new Point($"ef {numbers[0]}", numbers[1], numbers[2]))];
    }

    public long Bytes(DataSet set) => new FileInfo(IndexOf(set)).Length;

    private string IndexOf(DataSet set) => Path.Combine(folder, "idx", $"hnswlib_{set.Name}_M16_efc200.bin");

    private double[][] Run(params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo(Path.Combine(folder, "peer_hnswlib"), arguments) { RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0
            ? [.. lines.Select(line => Array.ConvertAll(line.Split(' '), number => double.Parse(number, CultureInfo.InvariantCulture)))]
            : throw new InvalidOperationException("hnswlib's run failed: see above.");
    }
}
