using Simile.Models.BuiltIn;
using Simile.Models.Checkpoints;

namespace Simile.Models.Verification;

/// <summary>Compares files with their hashes, and checks that checkpoints are complete.</summary>
internal static class FileChecks
{
    private const int ShownDigits = 16;

    /// <summary>Checks the model's files and files that are listed but missing.</summary>
    public static IEnumerable<ModelCheck> Run(
        IReadOnlyList<(string Name, string Path)> files,
        IReadOnlyDictionary<string, FileDigest> digests,
        Reference? kept,
        Reference? given,
        IReadOnlyDictionary<string, string>? listed)
    {
        (string Who, IReadOnlyDictionary<string, string> Hashes)[] lists =
            [("Simile", kept?.Files ?? Empty), ("the reference", given?.Files ?? Empty), ("the list", listed ?? Empty)];
        foreach (var (name, path) in files)
        {
            (string Who, string Hash)[] expected =
            [
                .. lists.Where(list => list.Hashes.ContainsKey(name)).Select(list => (list.Who, list.Hashes[name])),
                .. CacheName(path),
            ];
            foreach (var (who, hash) in expected)
            {
                var got = digests[name].Like(hash);
                yield return new ModelCheck(
                    name, $"{Short(hash)} ({who})", Short(got), null, got == hash ? CheckVerdict.Same : CheckVerdict.Different);
            }

            if (expected.Length == 0 && Content(path) is null)
            {
                yield return new ModelCheck(name, string.Empty, Short(digests[name].Sha256), null, CheckVerdict.Unknown);
            }

            if (Content(path) is { } look)
            {
                yield return Look(name, expected.Length == 0 ? $", {Short(digests[name].Sha256)}" : string.Empty, () => look(path));
            }
        }

        // The folder of a known model may lack files, for example if its weights have another format.
        foreach (var (who, hashes) in lists[1..])
        {
            foreach (var (name, hash) in hashes.Where(entry => !digests.ContainsKey(entry.Key))
                .OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                yield return new ModelCheck(name, $"{Short(hash)} ({who})", "missing", null, CheckVerdict.Different);
            }
        }
    }

    private static readonly Dictionary<string, string> Empty = [];

    // The hub's cache holds links to files named by their SHA-256, or by git's hash for small ones.
    private static IEnumerable<(string Who, string Hash)> CacheName(string path) =>
        new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is { Name: { Length: 64 or 40 } name, Exists: true }
        && name.All(char.IsAsciiHexDigitLower)
            ? [("the cache", name)]
            : [];

    private static Func<string, string>? Content(string path) => Path.GetExtension(path) switch
    {
        ".safetensors" => file => Count(SafeTensors.Open(file)),
        ".bin" or ".pt" or ".pth" or ".th" => file => Count(PyTorchFile.Open(file)),
        ".simd" => Sections,
        _ => null,
    };

    private static ModelCheck Look(string name, string hash, Func<string> look)
    {
        try
        {
            return new ModelCheck($"{name}: content", "whole", look() + hash, null, CheckVerdict.Same);
        }
        catch (InvalidDataException e)
        {
            return new ModelCheck($"{name}: content", "whole", e.Message, null, CheckVerdict.Different);
        }
    }

    private static string Count(Checkpoint checkpoint)
    {
        using (checkpoint)
        {
            return FormattableString.Invariant(
                $"{checkpoint.Tensors.Count} tensors, {checkpoint.Tensors.Values.Sum(tensor => (long)tensor.Length):N0} numbers");
        }
    }

    private static string Sections(string path)
    {
        using var file = PackedFile.Open(path);
        return "all checksums agree";
    }

    private static string Short(string hash) => hash[..ShownDigits] + "…";
}
