namespace Simile.Index.Hnsw;

/// <summary>One change of what is answered: the ids it was made for, the slots that they stand in after it, and those that they stood in before it.</summary>
/// <remarks>
/// Changes form a chain. A writer appends a change before it makes it, and only then lets new searches begin behind it: so a search undoes all changes that
/// follow the one it began at, and sees the index as it was at one moment. Nobody keeps the beginning of the chain; what no search needs is collected.
/// </remarks>
/// <param name="ids">Successive ones.</param>
/// <param name="slots">The new slot of each; <see cref="SlotTable.NoSlot"/> where a vector was removed.</param>
/// <param name="before">The earlier slot of each; <see cref="SlotTable.NoSlot"/> where there was none.</param>
internal sealed class Change(int[] ids, int[] slots, int[] before)
{
    // So many ids are looked at one by one.
    private const int Few = 64;

    private Change? _next;

    public int[] Ids => ids;

    public int[] Slots => slots;

    public int[] Before => before;

    /// <summary>Whether it added many vectors under successive ids.</summary>
    public bool IsBatch => ids.Length > Few;

    /// <summary>The change after it; null for the last one.</summary>
    public Change? Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }

    /// <summary>Of a batch: whether it gave an id.</summary>
    public bool HasId(int id) => id >= ids[0] && id <= ids[^1];
}
