using Simile.Numerics;

namespace Simile.Models;

/// <summary>The vectors of picture or sound files. Unreadable files are refused with a reason; the others are embedded.</summary>
/// <param name="Vectors">One row per embedded file, in the order of the files.</param>
/// <param name="Files">For each row, the index of its file in the given list, ascending. Row i is file i if none is refused.</param>
/// <param name="Refused">The refused files in order, with reasons.</param>
public sealed record MediaVectors(VectorMatrix Vectors, IReadOnlyList<int> Files, IReadOnlyList<RefusedFile> Refused)
{
    // From one row per file; rows of refused files are removed.
    internal static MediaVectors Without(RefusedFile?[] refusals, VectorMatrix vectors)
    {
        var files = Enumerable.Range(0, refusals.Length).Where(i => refusals[i] is null).ToArray();
        if (files.Length == refusals.Length)
        {
            return new MediaVectors(vectors, files, []);
        }

        return new MediaVectors(vectors.Take(files), files, [.. refusals.OfType<RefusedFile>()]);
    }
}

/// <summary>A file without a vector.</summary>
/// <param name="File">Its index in the given list, from 0.</param>
/// <param name="Path">Its path as it was given.</param>
/// <param name="Reason">The reason, as a sentence.</param>
public sealed record RefusedFile(int File, string Path, string Reason);
