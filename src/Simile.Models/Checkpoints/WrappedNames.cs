namespace Simile.Models.Checkpoints;

/// <summary>What trainings put before the names of a network's tensors: the names of the objects that the network was inside of.</summary>
internal static class WrappedNames
{
    private const string Compiler = "_orig_mod.";

    // Data-parallel training, Lightning and similar, mmcv, GAN libraries, sentence-transformers' own state, merged adapters.
    private static readonly string[] Wrappers =
        [
            "module.", "model.", "backbone.", "net.", "network.", "0.auto_model.", "0.model.", "auto_model.", "base_model.",
            "encoder_model.", "student.", "teacher.", "generator.",
        ];

    /// <summary>The tensors by name, without the part that torch.compile adds.</summary>
    public static IReadOnlyDictionary<string, Tensor> WithoutCompiler(IReadOnlyDictionary<string, Tensor> tensors)
    {
        if (!tensors.Keys.Any(name => name.Contains(Compiler, StringComparison.Ordinal)))
        {
            return tensors;
        }

        var renamed = new Dictionary<string, Tensor>();
        foreach (var (name, tensor) in tensors)
        {
            var shorter = WithoutCompiler(name);
            renamed[tensors.ContainsKey(shorter) ? name : shorter] = tensor;
        }

        return renamed;
    }

    /// <summary>A name without the part that torch.compile adds.</summary>
    public static string WithoutCompiler(string name) => name.Replace(Compiler, string.Empty, StringComparison.Ordinal);

    /// <summary>Repeatedly collects the prefix that more than half of the names share.</summary>
    public static string Common(IEnumerable<string> names)
    {
        var (rest, common) = (names.ToList(), string.Empty);
        while (rest.Count > 0
            && Array.Find(Wrappers, wrapper => 2 * rest.Count(name => name.StartsWith(wrapper, StringComparison.Ordinal)) > rest.Count)
                is { } found)
        {
            rest = [.. rest.Where(name => name.StartsWith(found, StringComparison.Ordinal)).Select(name => name[found.Length..])];
            common += found;
        }

        return common;
    }
}
