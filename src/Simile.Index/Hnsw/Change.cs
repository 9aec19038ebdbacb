namespace Simile.Index.Hnsw;

/// <summary>One change of the visible state: the ids it concerns, their slots after it, and their slots before it.</summary>
/// <remarks>
/// Changes form a linked list. A writer appends a change before applying it, and only then lets new searches start after it. A search
/// undoes all changes after the one it started at, so it sees one consistent state. Nobody holds the head of the list, so changes that no
/// search needs are garbage-collected.
/// </remarks>
/// <param name="ids">Successive ids.</param>
/// <param name="slots">The new slot of each; <see cref="SlotTable.NoSlot"/> for a removed vector.</param>
/// <param name="before">The earlier slot of each; <see cref="SlotTable.NoSlot"/> if there was none.</param>
internal sealed class Change(int[] ids, int[] slots, int[] before)
{
    // Up to this many ids are searched linearly.
    private const int Few = 64;

    private Change? _next;

    public int[] Ids => ids;

    public int[] Slots => slots;

    public int[] Before => before;

    /// <summary>Whether it added many vectors with successive ids.</summary>
    public bool IsBatch => ids.Length > Few;

    /// <summary>The next change; null for the last one.</summary>
    public Change? Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }

    /// <summary>For a batch, whether it added an id.</summary>
    public bool HasId(int id) => id >= ids[0] && id <= ids[^1];
}
