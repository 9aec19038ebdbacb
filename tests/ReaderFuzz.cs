
namespace Simile.Testing;

/// <summary>Readers of binary files on randomly changed files: the result is the content or one sentence, in bounded memory.</summary>
internal static class ReaderFuzz
{
    private const long LeastMemory = 16 << 20;
    private const int LargestAsset = 30_000;

    /// <summary>Reads changed files. A failure names its seed and keeps its file.</summary>
    /// <param name="folder">Where the changed files are written.</param>
    /// <param name="kind">The name of the format.</param>
    /// <param name="good">The file to change.</param>
    /// <param name="other">Another file; pieces of it are inserted.</param>
    /// <param name="read">Reads a file and returns the number of its values. The reader may allocate 16 bytes for each value.</param>
    /// <param name="rounds">Number of changes.</param>
    /// <param name="refusedMemory">Bytes that a refused file may allocate; null for no limit.</param>
    public static void Run(
        string folder,
        string kind,
        byte[] good,
        byte[] other,
        Func<string, long> read,
        int rounds,
        Func<string, long>? refusedMemory = null)
    {
        var path = Path.Combine(folder, "changed");
        foreach (var seed in Effort.Rounds(rounds))
        {
            var changed = Mutation.Of(good, other, new Random(seed));
            File.WriteAllBytes(path, changed);
            try
            {
                Try(path, changed.Length, read, refusedMemory);
            }
            catch (Exception e)
            {
                var kept = Path.Combine(Path.GetTempPath(), $"simile-fuzz-{kind.Replace(' ', '-')}-{seed}");
                File.WriteAllBytes(kept, changed);
                throw new InvalidOperationException($"{kind}, seed {seed} (kept as {kept}): {e}", e);
            }
        }
    }

    /// <summary>The small files below a folder of the assets.</summary>
    public static IEnumerable<string> Small(string folder) =>
        Directory.EnumerateFiles(Assets.Require(folder), "*", SearchOption.AllDirectories)
            .Where(path => new FileInfo(path).Length is > 0 and <= LargestAsset).Order();

    private static void Try(string path, int length, Func<string, long> read, Func<string, long>? refusedMemory)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var allowed = LeastMemory + (32L * length);
        try
        {
            allowed += 16 * read(path);
        }
        catch (InvalidDataException e)
        {
            allowed += refusedMemory?.Invoke(path) ?? 0;
            Effort.AssertIsSentence(e.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, allowed);
    }
}
