using System.Diagnostics;
using System.Runtime.CompilerServices;
using Simile.Indexing;
using Simile.Testing;

namespace Simile.Tests.Indexing;

/// <summary>This test program once more, as a process that only indexes, slowly, until somebody kills it.</summary>
internal static class KilledRun
{
    private const string Variable = "SIMILE_TEST_INDEX_UNTIL_KILLED";

    public static Process Start(Workshop workshop)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(KilledRun).Assembly.Location);
        }

        start.Environment[Variable] = workshop.Root;
        return Process.Start(start)!;
    }

#pragma warning disable CA2255 // The program's entry point is the test runner's.
    [ModuleInitializer]
    internal static void IndexUntilKilled()
#pragma warning restore CA2255
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } root)
        {
            return;
        }

        using var never = new ManualResetEventSlim();
        var embedder = new BagOfWords { BeforeCall = _ => never.Wait(20) };
        using var store = Store.Open(Path.Combine(root, "store"));
        new FolderIndexer(store, embedder, Workshop.Tokenizer, new() { BatchSize = 4 }).Index([Path.Combine(root, "files")]);
        never.Wait();
    }
}
