using System.Diagnostics;
using System.Runtime.CompilerServices;
using Simile.Sync;
using Simile.Testing;

namespace Simile.Tests.Sync;

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

        start.ArgumentList.Add("-?"); // the test runner only shows its help
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

        // Work on other threads waits until this initializer has returned. A thread in the foreground keeps the process alive.
        new Thread(() => Index(root)) { IsBackground = false }.Start();
    }

    private static void Index(string root)
    {
        using var never = new ManualResetEventSlim();
        using var store = Store.Open(Path.Combine(root, "store"));
        var model = new WorkshopModel(new BagOfWords { BeforeCall = _ => never.Wait(20) });
        new FolderSync(store, model, new() { BatchSize = 4 }).RunAsync([Path.Combine(root, "files")], null, CancellationToken.None)
            .GetAwaiter()
            .GetResult();
        never.Wait();
    }
}
