using Simile.Models.Checkpoints;

namespace Simile.Models.Architectures;

/// <summary>
/// A bias per head and distance that is added to the attention scores (Raffel et al. 2020, §2.1). Short distances have their own
/// bucket; long ones share buckets that widen with the distance. Keys before and after the query have half of the buckets each.
/// </summary>
internal static class RelativeBias
{
    private const long MostNumbers = 1 << 26;

    /// <summary>Writes the bias: float [1, heads, length, length].</summary>
    /// <param name="text">Receives the nodes.</param>
    /// <param name="table">The bias of each bucket and head: [buckets, heads].</param>
    /// <param name="buckets">Number of buckets in use.</param>
    /// <param name="furthest">Distances from here on share the last bucket.</param>
    /// <exception cref="InvalidDataException">There are too many heads.</exception>
    public static string Write(TextGraph text, Tensor table, int buckets, int furthest)
    {
        var heads = (int)table.Shape[1];
        if (heads * ((2L * furthest) + 1) > MostNumbers)
        {
            throw new InvalidDataException($"config.json: {heads} attention heads with distances up to {furthest} exceed the limit.");
        }

        var numbers = table.ToFloats().Span;
        var byDistance = new float[((2 * furthest) + 1) * heads];
        for (var i = 0; i <= 2 * furthest; i++)
        {
            numbers.Slice(Bucket(i - furthest, buckets, furthest) * heads, heads).CopyTo(byDistance.AsSpan(i * heads));
        }

        var rows = text.Graph.Add(
            "Gather", [text.Graph.Weight<float>(byDistance, (2 * furthest) + 1, heads), text.Distances.Clipped(furthest)]);
        return text.Graph.Add(
            "Unsqueeze", [text.Graph.Add("Transpose", [rows], ("perm", new long[] { 2, 0, 1 })), text.Graph.Constant(0L)]);
    }

    /// <summary>The bucket of a distance (position of the key minus position of the query).</summary>
    public static int Bucket(int distance, int buckets, int furthest)
    {
        var half = buckets / 2;
        var (start, away, exact) = (distance > 0 ? half : 0, Math.Abs(distance), half / 2);
        if (away < exact)
        {
            return start + away;
        }

        // In float32 and in the reference's order of operations, because bucket boundaries depend on rounding.
        var wide = MathF.Log((float)away / exact) / (float)Math.Log((double)furthest / exact) * (half - exact);
        return start + Math.Min(exact + (int)wide, half - 1);
    }
}
