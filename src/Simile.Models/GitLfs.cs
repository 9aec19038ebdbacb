using Simile.Numerics.Files;

namespace Simile.Models;

/// <summary>Detects files that git cloned without Git LFS: they hold three lines of text instead of their content.</summary>
internal static class GitLfs
{
    private const int LongestPointer = 1024;

    /// <summary>Refuses such a file. Missing and other files are left to the reader.</summary>
    /// <exception cref="InvalidDataException">The file is a Git LFS pointer, a pipe or a device.</exception>
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
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && start.StartsWith("version https://git-lfs.github.com/"u8))
        {
            throw new InvalidDataException(
                $"{path} is only a Git LFS pointer: run \"git lfs pull\" in its folder, or fetch the file itself.");
        }
    }
}
