using Simile.Models.Checkpoints;

namespace Simile.Models.Architectures;

/// <summary>
/// A number for each head and distance that is added to the attention's scores (Raffel et al. 2020, §2.1): short distances have their
/// own, long ones share one a bucket, the wider the further away; keys before and behind the query have half of the buckets each.
/// </summary>
internal static class RelativeBias
{
    private const long MostNumbers = 1 << 26;

    /// <summary>Writes what is added: float [1, heads, length, length].</summary>
    /// <param name="text">Where it goes.</param>
    /// <param name="table">A number for each bucket and head: [buckets, heads].</param>
    /// <param name="buckets">How many of the buckets are used.</param>
    /// <param name="furthest">From this distance on everything is in the last bucket.</param>
    /// <exception cref="InvalidDataException">There are absurdly many heads.</exception>
    public static string Write(TextGraph text, Tensor table, int buckets, int furthest)
    {
        var heads = (int)table.Shape[1];
        if (heads * ((2L * furthest) + 1) > MostNumbers)
        {
            throw new InvalidDataException($"config.json: {heads} attention heads with distances up to {furthest} make no network.");
        }

        var numbers = table.ToFloats().Span;
        var byDistance = new float[((2 * furthest) + 1) * heads];
        for (var i = 0; i <= 2 * furthest; i++)
        {
            numbers.Slice(Bucket(i - furthest, buckets, furthest) * heads, heads).CopyTo(byDistance.AsSpan(i * heads));
        }

        var rows = text.Graph.Add("Gather", [text.Graph.Weight<float>(byDistance, (2 * furthest) + 1, heads), text.Distances.Clipped(furthest)]);
        return text.Graph.Add("Unsqueeze", [text.Graph.Add("Transpose", [rows], ("perm", new long[] { 2, 0, 1 })), text.Graph.Constant(0L)]);
    }

    /// <summary>The bucket of a distance (place of the key less place of the query).</summary>
    public static int Bucket(int distance, int buckets, int furthest)
    {
        var half = buckets / 2;
        var (start, away, exact) = (distance > 0 ? half : 0, Math.Abs(distance), half / 2);
        if (away < exact)
        {
            return start + away;
        }

        // In float32, in the order of the reference: the edges of the buckets depend on it.
        var wide = MathF.Log((float)away / exact) / (float)Math.Log((double)furthest / exact) * (half - exact);
        return start + Math.Min(exact + (int)wide, half - 1);
    }
}
