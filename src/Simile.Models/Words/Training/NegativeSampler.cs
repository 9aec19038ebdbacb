namespace Simile.Models.Words;

/// <summary>
/// Samples words with probability proportional to a power of their counts, exactly and in constant time: Walker's alias method with Vose's
/// construction (1991).
/// </summary>
internal sealed class NegativeSampler
{
    private readonly uint[] _chances;
    private readonly int[] _aliases;

    public NegativeSampler(long[] counts, double power)
    {
        var weights = Array.ConvertAll(counts, count => Math.Pow(count, power));
        var scale = weights.Length / weights.Sum();
        var chances = Array.ConvertAll(weights, weight => weight * scale);
        (_chances, _aliases) = (new uint[weights.Length], new int[weights.Length]);
        var small = new Stack<int>(Enumerable.Range(0, chances.Length).Where(i => chances[i] < 1));
        var large = new Stack<int>(Enumerable.Range(0, chances.Length).Where(i => chances[i] >= 1));
        while (small.Count > 0 && large.Count > 0)
        {
            var (less, more) = (small.Pop(), large.Pop());
            Set(less, chances[less], more);
            chances[more] -= 1 - chances[less];
            (chances[more] < 1 ? small : large).Push(more);
        }

        foreach (var rest in small.Concat(large))
        {
            Set(rest, 1, rest);
        }
    }

    /// <summary>Samples a word: draws a slot, then chooses the word of the slot or its alias.</summary>
    public int Draw(ref TrainingRandom random)
    {
        var bits = random.Next();
        var slot = (int)(((bits >> 32) * (ulong)_aliases.Length) >> 32);
        return (uint)bits <= _chances[slot] ? slot : _aliases[slot];
    }

    private void Set(int slot, double chance, int alias) =>
        (_chances[slot], _aliases[slot]) = ((uint)Math.Clamp(chance * uint.MaxValue, 0, uint.MaxValue), alias);
}

/// <summary>The random generator xorshift128+ (Vigna 2014), seeded by splitmix64: 64 bits in a few cycles.</summary>
internal struct TrainingRandom
{
    private ulong _a;
    private ulong _b;

    public TrainingRandom(ulong seed)
    {
        _a = Mix(seed);
        _b = Mix(seed + 0x9E3779B97F4A7C15);
    }

    /// <summary>A generator for one part of the work; it does not depend on the thread.</summary>
    public static TrainingRandom For(int seed, long part) => new(Mix((ulong)(uint)seed) + (ulong)part);

    public ulong Next()
    {
        var (x, y) = (_a, _b);
        _a = y;
        x ^= x << 23;
        _b = x ^ y ^ (x >> 17) ^ (y >> 26);
        return _b + y;
    }

    /// <summary>A number in [0, 1).</summary>
    public float NextSingle() => (Next() >> 40) * (1f / (1 << 24));

    /// <summary>An integer in [0, <paramref name="limit"/>).</summary>
    public int Next(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
