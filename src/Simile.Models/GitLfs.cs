using Simile.Numerics.Files;

namespace Simile.Models;

/// <summary>Files that git cloned without their contents: three lines of text stand in their place.</summary>
internal static class GitLfs
{
    private const int LongestPointer = 1024;

    /// <summary>Refuses such a file; any other is left to its reader, and so is one that is not there.</summary>
    /// <exception cref="InvalidDataException">It holds no contents, or is a pipe or a device.</exception>
    public static void Refuse(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || (file.LinkTarget is null && file.Length > LongestPointer))
        {
            return;
        }

        RegularFile.Require(path);
        Span<byte> start = stackalloc byte[64];
        using var stream = file.OpenRead();
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.StartsWith("version https://git-lfs.github.com/"u8))
        {
            throw new InvalidDataException($"{path} holds no model, only a note of Git LFS that stands for it: run \"git lfs pull\" in its folder, or fetch the file itself.");
        }
    }
}
