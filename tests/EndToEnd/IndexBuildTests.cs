using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace EndToEnd;

/// <summary>Index files are complete or absent, however a build ends.</summary>
public sealed class IndexBuildTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("hnsw")]
    [InlineData("ivf")]
    public void An_interrupted_build_leaves_the_old_file_and_nothing_else(string type)
    {
        var old = BuildOld();
        WriteVectors("many.npy", 60_000, 200);
        using var process = _tool.Start("index", "build", "many.npy", "--output", "v.simi", "--type", type);
        SpinWait.SpinUntil(() => process.HasExited || process.TotalProcessorTime > TimeSpan.FromSeconds(1));
        Tool.Signal(process, "INT");
        Assert.Equal(130, Tool.End(process));
        AssertOldFile(old);
        Assert.Equal(["few.npy", "many.npy", "v.simi"], Files());
    }

    [Fact]
    public void A_build_that_is_killed_while_saving_leaves_the_old_file_and_the_next_one_replaces_it()
    {
        WriteVectors("many.npy", 60_000, 256);
        var old = BuildOld();
        Assert.SkipUnless(KillWhileSaving(old), "The file was always written before the process could be killed.");
        AssertOldFile(old);
        _tool.Run("index", "build", "few.npy", "--output", "v.simi", "--type", "flat").Succeeds();
        Assert.Equal(["few.npy", "many.npy", "v.simi"], Files());
    }

    [Theory]
    [InlineData("hnsw")]
    [InlineData("ivf")]
    [InlineData("flat")]
    public void A_file_that_may_not_grow_so_large_is_a_sentence_and_leaves_the_old_one(string type)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The shell of Linux limits files.");
        var old = BuildOld();
        WriteVectors("more.npy", 20_000, 64);
        // The runtime's own file for writable code would exceed the limit, so ./simile sets this variable.
        _tool.RunShell(
            $"ulimit -f 2000; DOTNET_EnableWriteXorExecute=0 exec dotnet \"$SIMILE\" index build more.npy --output v.simi --type {type}")
            .FailsWith(1, "v.simi");
        AssertOldFile(old);
        Assert.Equal(["few.npy", "more.npy", "v.simi"], Files());
    }

    private bool KillWhileSaving(byte[] old)
    {
        const int Attempts = 5;
        for (var i = 0; i < Attempts; i++)
        {
            File.WriteAllBytes(_tool.In("v.simi"), old);
            using var process = _tool.Start("index", "build", "many.npy", "--output", "v.simi", "--type", "flat");
            SpinWait.SpinUntil(() => process.HasExited || Directory.GetFiles(_tool.In("."), "v.simi.*.new").Length > 0);
            process.Kill();
            process.WaitForExit();
            if (Directory.GetFiles(_tool.In("."), "v.simi.*.new").Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    private byte[] BuildOld()
    {
        WriteVectors("few.npy", 100, 16);
        _tool.Run("index", "build", "few.npy", "--output", "v.simi", "--type", "flat").Succeeds();
        return File.ReadAllBytes(_tool.In("v.simi"));
    }

    private void AssertOldFile(byte[] old)
    {
        Assert.Equal(old, File.ReadAllBytes(_tool.In("v.simi")));
        _tool.Run("index", "tune", "v.simi").Succeeds();
    }

    private string?[] Files() => [.. Directory.GetFiles(_tool.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)];

    private void WriteVectors(string name, int count, int dimensions)
    {
        var random = new Random(1);
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({count}, {dimensions}), }}\n";
        using var file = File.Create(_tool.In(name));
        file.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, (byte)header.Length, 0]);
        file.Write(Encoding.ASCII.GetBytes(header));
        var row = new float[dimensions];
        for (var i = 0; i < count; i++)
        {
            foreach (ref var component in row.AsSpan())
            {
                component = random.NextSingle();
            }

            file.Write(MemoryMarshal.AsBytes(row.AsSpan()));
        }
    }
}
