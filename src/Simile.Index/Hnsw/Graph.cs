using Simile.Index.Codes;
using Simile.Index.Memory;
using Simile.Numerics.Kernels;

namespace Simile.Index.Hnsw;

/// <summary>Everything that a search reads: vectors, edges, codes and ids, one of each a slot.</summary>
/// <remarks>
/// A slot's vector and code are complete before an edge leads to it, and stay until no search can hold it; its id is given and taken by a <see cref="Change"/>.
/// What needs other memory (more room, other codes) is done in a new graph, which then takes this one's place.
/// </remarks>
internal sealed record Graph
{
    public required VectorRows Rows { get; init; }

    public required Links Links { get; init; }

    /// <summary>Ids of the slots.</summary>
    public required SlotIds Ids { get; init; }

    /// <summary>Slots of the ids.</summary>
    public required SlotTable Slots { get; init; }

    /// <summary>Under the dot product the component that makes all vectors equally long; null otherwise.</summary>
    public NativeArray<float>? Tails { get; init; }

    /// <summary>How vectors are coded; null where searches read the vectors themselves.</summary>
    public PrincipalCodes? Codes { get; init; }

    /// <summary>One code a slot.</summary>
    public NativeArray<byte>? Lines { get; init; }

    /// <summary>Slots that searches begin at; replaced as a whole.</summary>
    public int[] Entries { get; set; } = [];

    /// <summary>Slots whose codes say nothing, so that every search by codes scores their vectors; replaced as a whole.</summary>
    public int[] Apart { get; set; } = [];

    /// <summary>Whether some codes have greater steps than others.</summary>
    public bool Scaled { get; set; }

    /// <summary>Slots from this on were never used.</summary>
    public int Used { get; set; }

    /// <summary>Bytes of everything.</summary>
    public long Bytes => Rows.Bytes + Links.Bytes + Ids.Bytes + Slots.Bytes + (Tails?.Bytes ?? 0) + (Lines?.Bytes ?? 0) + (Codes?.Bytes ?? 0) + (Entries.Length * sizeof(int));

    /// <summary>Whether a slot's code says nothing.</summary>
    public unsafe bool IsApart(int slot) => Codes is { } codes && codes.IsApart(Lines!.Pointer + ((long)slot * codes.Layout.Bytes));

    /// <summary>How many times greater the steps of a slot's code are than a usual one's.</summary>
    public unsafe float Factor(int slot) => Codes is { } codes ? codes.Factor(Lines!.Pointer + ((long)slot * codes.Layout.Bytes)) : 1;

    /// <summary>Asks for a vector and its id before they are needed.</summary>
    public unsafe void PrefetchRow(int slot)
    {
        Rows.Prefetch(slot);
        CachePrefetch.Level2(Ids.AddressOf(slot));
    }

    /// <summary>Frees what the graph that takes this one's place does not share; all where there is none.</summary>
    public void Release(Graph? successor)
    {
        Release(Rows, successor?.Rows);
        Release(Links, successor?.Links);
        Release(Ids, successor?.Ids);
        Release(Tails, successor?.Tails);
        Release(Codes, successor?.Codes);
        Release(Lines, successor?.Lines);
    }

    private static void Release(IDisposable? part, IDisposable? kept)
    {
        if (!ReferenceEquals(part, kept))
        {
            part?.Dispose();
        }
    }
}
