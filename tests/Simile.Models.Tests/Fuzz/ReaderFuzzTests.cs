using Simile.Models.BuiltIn;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests.Fuzz;

/// <summary>
/// Every reader of checkpoints over files that were changed at random: the answer is the content or one sentence, in bounded memory and
/// time.
/// </summary>
public sealed class ReaderFuzzTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    private static readonly Dictionary<string, (Func<byte[]> File, Func<string, long> Read)> Readers = new()
    {
        ["safetensors"] = (SmallFiles.SafeTensors, path => ReadAll(SafeTensors.Open(path))),
        ["torch zip"] = (SmallFiles.TorchZip, path => ReadAll(PyTorchFile.Open(path))),
        ["torch legacy"] = (SmallFiles.TorchLegacy, path => ReadAll(PyTorchFile.Open(path))),
        ["packed"] = (Packed, ReadPacked),
    };

    public static TheoryData<string> Kinds => [.. Readers.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_file_that_is_changed_is_good(string kind)
    {
        var path = Path.Combine(_folder, "good");
        File.WriteAllBytes(path, Readers[kind].File());
        Assert.True(Readers[kind].Read(path) > 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_changed_file_is_read_or_refused_in_a_sentence(string kind) => Fuzz(kind, Readers[kind].File(), Readers[kind].Read, 800);

    private void Fuzz(string kind, byte[] good, Func<string, long> read, int rounds) =>
        ReaderFuzz.Run(_folder, kind, good, Readers.Values.ElementAt(kind.Length % Readers.Count).File(), read, rounds);

    private static long ReadAll(Checkpoint checkpoint)
    {
        using (checkpoint)
        {
            return checkpoint.Tensors.Values.Sum(tensor => 1L + tensor.ToFloats().Length);
        }
    }

    private static byte[] Packed()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("simile-fuzz-").FullName, "small.simd");
        PackedFile.Write(path, [("a", [1, 2, 3, 4, 5]), ("b/c", new byte[70])]);
        var bytes = File.ReadAllBytes(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return bytes;
    }

    private static long ReadPacked(string path)
    {
        using var file = PackedFile.Open(path);
        return file.Section("a").Length;
    }
}
