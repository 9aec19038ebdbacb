using System.Runtime.InteropServices;
using Simile.Numerics;

namespace Simile.Analysis;

/// <summary>Finds equal items by hash: the same components, bit for bit, or the same content identifier.</summary>
internal static class EqualRows
{
    /// <summary>For each row, the first row that equals it (possibly itself).</summary>
    public static int[] Find(VectorMatrix vectors, IReadOnlyList<string>? contents)
    {
        var components = new Components(vectors.Count);
        var byHash = new Dictionary<int, List<int>>();
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < vectors.Count; row++)
        {
            JoinEqual(vectors, row, byHash, components);
            if (contents is not null && !byName.TryAdd(contents[row], row))
            {
                components.Join(byName[contents[row]], row);
            }
        }

        var first = new int[vectors.Count];
        first.AsSpan().Fill(-1);
        return [.. Enumerable.Range(0, first.Length)
            .Select(row => first[components.Find(row)] < 0 ? first[components.Find(row)] = row : first[components.Find(row)])];
    }

    private static void JoinEqual(VectorMatrix vectors, int row, Dictionary<int, List<int>> byHash, Components components)
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(vectors[row]));
        ref var rows = ref CollectionsMarshal.GetValueRefOrAddDefault(byHash, hash.ToHashCode(), out _);
        rows ??= [];
        foreach (var other in rows)
        {
            if (vectors[other].SequenceEqual(vectors[row]))
            {
                components.Join(other, row);
                return;
            }
        }

        rows.Add(row);
    }
}
