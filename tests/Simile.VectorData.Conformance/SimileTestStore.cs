using VectorData.ConformanceTests.Support;

namespace Simile.VectorData.Conformance;

/// <summary>A store in a temporary folder, for as long as a test uses it.</summary>
public sealed class SimileTestStore : TestStore
{
    public static SimileTestStore Instance { get; } = new();

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"simile-conformance-{Environment.ProcessId}");

    protected override Task StartAsync()
    {
        DefaultVectorStore = new SimileVectorStore(Path);
        return Task.CompletedTask;
    }

    protected override Task StopAsync()
    {
        DefaultVectorStore.Dispose();
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }

        return Task.CompletedTask;
    }
}
