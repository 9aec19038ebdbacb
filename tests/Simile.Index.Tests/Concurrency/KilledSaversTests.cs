using System.Diagnostics;
using System.Runtime.CompilerServices;
using Simile.Numerics;
using Simile.Testing;
using static Simile.Index.Tests.Neighbors;

namespace Simile.Index.Tests.Concurrency;

/// <summary>
/// Several processes save to one file while others open it, and all are killed: the file is always complete. SIMILE_KILLS is the number of
/// kills (default 8).
/// </summary>
public sealed class KilledSaversTests : IDisposable
{
    private const string Variable = "SIMILE_TEST_UNTIL_KILLED";
    private const int Dimensions = 64;
    private const int Savers = 3;

    private static readonly int[] Counts = [40, 700, 2500];

    private readonly string _folder = Assets.NewFolder();

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("SIMILE_KILLS"), out var count) ? count : 8;

    private string Target => Path.Combine(_folder, "x.simi");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_whole_whoever_is_killed()
    {
        Save(Target, 0);
        var random = new Random(1);
        var savers = Enumerable.Range(0, Savers).Select(Start).ToArray();
        using var reader = Start(Savers);
        try
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                var i = random.Next(Savers);
                // It has started to save, and is killed at some moment.
                Assert.Equal("saving", savers[i].StandardOutput.ReadLine());
                new ManualResetEventSlim().Wait(random.Next(40), TestContext.Current.CancellationToken);
                savers[i].Kill();
                savers[i].WaitForExit();
                Look(Target);
                savers[i].Dispose();
                savers[i] = Start(i);
            }

            Assert.False(reader.HasExited, "the reader failed");
        }
        finally
        {
            foreach (var process in savers.Append(reader))
            {
                process.Kill();
                process.WaitForExit();
            }
        }

        Save(Target, 1);
        Look(Target);
        Assert.Single(Directory.GetFiles(_folder));
    }

    private static void Look(string path)
    {
        using var index = VectorIndex.Open(path);
        Assert.Contains(index.Count, Counts);
        Assert.Equal(5, index.Search(Vectors(1, Dimensions, 9)[0], 5).Length);
    }

    private static void Save(string path, int kind)
    {
        using var index = New(kind);
        index.Save(path);
    }

    private static VectorIndex New(int kind)
    {
        VectorIndex index = kind switch
        {
            0 => new FlatIndex(Metric.L2, Dimensions),
            1 => new IvfIndex(Metric.L2, Dimensions, new IvfOptions { TrainFrom = 500 }),
            _ => new HnswIndex(Metric.L2, Dimensions),
        };
        index.Add(Vectors(Counts[kind], Dimensions, kind));
        return index;
    }

    private Process Start(int what)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KilledSaversTests).Assembly.Location);
        }

        start.Environment[Variable] = $"{what} {Target}";
        return Process.Start(start)!;
    }

#pragma warning disable CA2255 // The program's entry point is the test runner's.
    [ModuleInitializer]
    internal static void WorkUntilKilled()
#pragma warning restore CA2255
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } work)
        {
            return;
        }

        var (what, path) = (work[0] - '0', work[2..]);
        if (what == Savers)
        {
            while (true)
            {
                Look(path);
            }
        }

        using var index = New(what);
        Console.Out.WriteLine("saving");
        Console.Out.Flush();
        while (true)
        {
            index.Save(path);
        }
    }
}
