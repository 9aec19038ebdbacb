using Simile.Index.Codes;
using Simile.Index.Memory;
using Simile.Numerics.Kernels;

namespace Simile.Index.Hnsw;

/// <summary>All data that a search reads: vectors, edges, codes and ids, one of each per slot.</summary>
/// <remarks>
/// A slot's vector and code are complete before an edge leads to it, and stay until no search can reach it. A <see cref="Change"/> adds and
/// removes its ids. Changes that need other memory (more space, other codes) are made in a new graph that replaces this one.
/// </remarks>
internal sealed record Graph
{
    public required VectorRows Rows { get; init; }

    public required Links Links { get; init; }

    /// <summary>The ids of each slot.</summary>
    public required SlotIds Ids { get; init; }

    /// <summary>The slot of each id.</summary>
    public required SlotTable Slots { get; init; }

    /// <summary>
    /// Under the dot product, each vector's squared distance from <see cref="Center"/>; otherwise null. For the writer only.
    /// </summary>
    public NativeArray<float>? SquaredNorms { get; init; }

    /// <summary>Under the dot product, roughly the mean of the vectors; empty until it was computed. For the writer only.</summary>
    public float[] Center { get; set; } = [];

    /// <summary>The codes; null if searches read the vectors.</summary>
    public PrincipalCodes? Codes { get; init; }

    /// <summary>One code per slot.</summary>
    public NativeArray<byte>? CodeBytes { get; init; }

    /// <summary>The entry slots of searches. Replaced as a whole.</summary>
    public int[] Entries { get; set; } = [];

    /// <summary>Slots whose codes carry no information: every search by codes scores their vectors. Replaced as a whole.</summary>
    public int[] Apart { get; set; } = [];

    /// <summary>Whether some codes have larger steps than others.</summary>
    public bool Scaled { get; set; }

    /// <summary>The number of slots ever used.</summary>
    public int Used { get; set; }

    /// <summary>Total size in bytes.</summary>
    public long Bytes =>
        Rows.Bytes + Links.Bytes + Ids.Bytes + Slots.Bytes + (SquaredNorms?.Bytes ?? 0)
        + (CodeBytes?.Bytes ?? 0) + (Codes?.Bytes ?? 0) + (Entries.Length * sizeof(int));

    /// <summary>Whether a slot's code carries no information.</summary>
    public unsafe bool IsApart(int slot) => Codes is { } codes && codes.IsApart(CodeBytes!.Pointer + ((long)slot * codes.Layout.Bytes));

    /// <summary>The factor by which a code's steps exceed the usual ones.</summary>
    public unsafe float Factor(int slot) => Codes is { } codes ? codes.Factor(CodeBytes!.Pointer + ((long)slot * codes.Layout.Bytes)) : 1;

    /// <summary>Prefetches a vector and its id.</summary>
    public unsafe void PrefetchRow(int slot)
    {
        Rows.Prefetch(slot);
        CachePrefetch.Level2(Ids.AddressOf(slot));
    }

    /// <summary>Frees the memory that the successor does not share; all of it if there is none.</summary>
    public void Release(Graph? successor)
    {
        Release(Rows, successor?.Rows);
        Release(Links, successor?.Links);
        Release(Ids, successor?.Ids);
        Release(SquaredNorms, successor?.SquaredNorms);
        Release(Codes, successor?.Codes);
        Release(CodeBytes, successor?.CodeBytes);
    }

    private static void Release(IDisposable? part, IDisposable? kept)
    {
        if (!ReferenceEquals(part, kept))
        {
            part?.Dispose();
        }
    }
}
