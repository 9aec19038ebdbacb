namespace Simile.Models.Architectures;

/// <summary>The angles by which rotary positions (Su et al. 2021) turn each pair of components a place, as config.json says.</summary>
/// <remarks>In float32, in the order of the reference: at place 8,000 the last bit of a frequency is seen.</remarks>
internal static partial class RotaryFrequencies
{
    private const string TrainedLength = "original_max_position_embeddings";

    /// <summary>Base to the power of −2i / size.</summary>
    /// <param name="size">Components that are turned, an even number.</param>
    /// <param name="theta">The base.</param>
    public static float[] Plain(int size, float theta)
    {
        if (size % 2 != 0)
        {
            throw new InvalidDataException($"config.json: heads of {size} components cannot be turned in pairs, as rotary positions do.");
        }

        return [.. Enumerable.Range(0, size / 2).Select(i => 1 / MathF.Pow(theta, 2f * i / size))];
    }

    /// <summary>
    /// Reads what config.json says: in rope_parameters, for one kind of layer or for all; else in <paramref name="older"/> and rope_scaling,
    /// where files before transformers 5 have it.
    /// </summary>
    /// <param name="config">The file.</param>
    /// <param name="size">Components that are turned.</param>
    /// <param name="older">The base's name in older files.</param>
    /// <param name="missing">The base where the file says nothing.</param>
    /// <param name="kind">The kind of layer; null where all are alike.</param>
    /// <exception cref="InvalidDataException">A number makes no sense.</exception>
    /// <exception cref="NotSupportedException">The frequencies are scaled in a way that is not supported.</exception>
    public static RotaryAngles Read(ConfigFile config, int size, string older, float missing, string? kind = null)
    {
        var all = config.Child("rope_parameters");
        var rope = (kind is null ? null : all?.Child(kind)) ?? all;
        var scaling = rope ?? config.Child("rope_scaling");
        if ((rope ?? config).Positive("partial_rotary_factor", 1) != 1 || config.Positive("partial_rotary_factor", 1) != 1)
        {
            throw new NotSupportedException("config.json asks for \"partial_rotary_factor\": heads that are turned in part are not built.");
        }

        var theta = rope?.Positive("rope_theta", missing) ?? config.Positive(older, missing);
        var frequencies = Plain(size, theta);
        return scaling is null ? new RotaryAngles(frequencies) : Scale(frequencies, theta, scaling, config);
    }

    // Waves much shorter than the trained length stay, much longer ones are stretched, between them it goes over.
    private static float[] Llama3(float[] frequencies, ConfigFile scaling)
    {
        var (factor, low, high) = (scaling.Positive("factor", 8), scaling.Positive("low_freq_factor", 1), scaling.Positive("high_freq_factor", 4));
        var trained = scaling.Size(TrainedLength);
        if (high <= low)
        {
            throw new InvalidDataException($"config.json: \"high_freq_factor\" is {high}, but should be above \"low_freq_factor\", {low}.");
        }

        return Array.ConvertAll(frequencies, f =>
        {
            var wave = 2 * MathF.PI / f;
            var kept = ((trained / wave) - low) / (high - low);
            return wave > trained / low ? f / factor
                : wave < trained / high ? f
                : ((1 - kept) * f / factor) + (kept * f);
        });
    }
}
