namespace Simile.Models.Architectures;

/// <summary>Which layers use full attention and which a sliding window.</summary>
internal static class LayerKinds
{
    /// <summary>Reads layer_types. Older files have a count instead.</summary>
    /// <param name="config">The file.</param>
    /// <param name="layers">Number of layers.</param>
    /// <param name="older">The type of layer i if the file has no list.</param>
    /// <exception cref="InvalidDataException">The list has another length, or an unknown type.</exception>
    public static string[] Read(ConfigFile config, int layers, Func<int, string> older)
    {
        var kinds = config.Texts("layer_types") ?? [.. Enumerable.Range(0, layers).Select(older)];
        if (kinds.Length != layers)
        {
            throw new InvalidDataException($"config.json: \"layer_types\" names {kinds.Length} layers, but there are {layers}.");
        }

        return Array.Find(kinds, kind => kind is not ("full_attention" or "sliding_attention")) is { } unknown
            ? throw new InvalidDataException(
                $"config.json: \"layer_types\" has the kind \"{unknown}\", which is neither full_attention nor sliding_attention.")
            : kinds;
    }
}
