using Simile.Numerics;

namespace Simile.Models;

/// <summary>The vectors of files of pictures or sounds. A file that cannot be read is refused with a reason; the others are embedded.</summary>
/// <param name="Vectors">A row for each file that was embedded, in the order of the files.</param>
/// <param name="Files">The number of each row's file in the list that was given, ascending. Row i is file i where none is refused.</param>
/// <param name="Refused">The files without a vector, in their order, and why.</param>
public sealed record MediaVectors(VectorMatrix Vectors, IReadOnlyList<int> Files, IReadOnlyList<RefusedFile> Refused)
{
    // From a row for each file, of which those of refused files are left out.
    internal static MediaVectors Without(RefusedFile?[] refusals, VectorMatrix vectors)
    {
        var files = Enumerable.Range(0, refusals.Length).Where(i => refusals[i] is null).ToArray();
        if (files.Length == refusals.Length)
        {
            return new MediaVectors(vectors, files, []);
        }

        var kept = new VectorMatrix(files.Length, vectors.Dimensions);
        for (var row = 0; row < files.Length; row++)
        {
            vectors[files[row]].CopyTo(kept[row]);
        }

        return new MediaVectors(kept, files, [.. refusals.OfType<RefusedFile>()]);
    }
}

/// <summary>A file that has no vector.</summary>
/// <param name="File">Its number in the list that was given, from 0.</param>
/// <param name="Path">The file as it was named.</param>
/// <param name="Reason">What is wrong with it, in a sentence.</param>
public sealed record RefusedFile(int File, string Path, string Reason);
