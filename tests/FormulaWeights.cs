using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Simile.Models.Checkpoints;

namespace Simile.Testing;

/// <summary>The synthetic weights of the full-size golden networks (golden/architectures/README.md of the assets).</summary>
internal static class FormulaWeights
{
    /// <summary>The tensors listed in weights.json of a golden folder.</summary>
    /// <param name="folder">The golden folder.</param>
    /// <param name="prefix">The seed_prefix of its case.json.</param>
    /// <param name="isWanted">Selects tensors by name; null for all.</param>
    public static Checkpoint Make(string folder, string prefix, Func<string, bool>? isWanted = null)
    {
        using var list = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "weights.json")));
        var tensors = list.RootElement.EnumerateArray().Where(w => isWanted is null || isWanted(w.GetProperty("name").GetString()!))
            .Select(w =>
            {
                var name = w.GetProperty("name").GetString()!;
                var shape = w.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray();
                var values = Noise(
                    prefix + name,
                    (int)shape.Aggregate(1L, (a, b) => a * b),
                    w.GetProperty("offset").GetDouble(),
                    w.GetProperty("scale").GetDouble());
                return new Tensor(name, DType.F32, shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
            });
        return new Checkpoint(tensors.ToDictionary(t => t.Name));
    }

    /// <summary>Numbers between offset − scale and offset + scale: FNV-1a of the name, then splitmix64.</summary>
    public static float[] Noise(string name, int count, double offset, double scale)
    {
        var seed = 0xcbf29ce484222325UL;
        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            seed = (seed ^ b) * 0x100000001b3UL;
        }

        var values = new float[count];
        for (var i = 0; i < count; i++)
        {
            var z = seed + ((ulong)(i + 1) * 0x9E3779B97F4A7C15UL);
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            z ^= z >> 31;
            values[i] = (float)(offset + (scale * (((z >> 40) / 8388608.0) - 1)));
        }

        return values;
    }
}
