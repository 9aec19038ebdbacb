namespace Simile.Models.Architectures;

/// <summary>The angle per position of each pair of components in rotary positions (Su et al. 2021), from config.json.</summary>
/// <remarks>Computed in float32 in the reference's order of operations: at position 8,000 the last bit of a frequency is visible.</remarks>
internal static partial class RotaryFrequencies
{
    private const string TrainedLength = "original_max_position_embeddings";

    /// <summary>Base to the power of −2i / size.</summary>
    /// <param name="size">Number of rotated components, even.</param>
    /// <param name="theta">The base.</param>
    public static float[] Plain(int size, float theta)
    {
        if (size % 2 != 0)
        {
            throw new InvalidDataException($"config.json: heads of {size} components cannot be rotated in pairs: the size must be even.");
        }

        return [.. Enumerable.Range(0, size / 2).Select(i => 1 / MathF.Pow(theta, 2f * i / size))];
    }

    /// <summary>
    /// Reads rope_parameters, for one type of layer or for all; otherwise <paramref name="older"/> and rope_scaling,
    /// as in files before transformers 5.
    /// </summary>
    /// <param name="config">The file.</param>
    /// <param name="size">Number of rotated components.</param>
    /// <param name="older">The name of the base in older files.</param>
    /// <param name="missing">The default base.</param>
    /// <param name="kind">The type of layer; null if all are the same.</param>
    /// <exception cref="InvalidDataException">A number is out of range.</exception>
    /// <exception cref="NotSupportedException">The scaling is not supported.</exception>
    public static RotaryAngles Read(ConfigFile config, int size, string older, float missing, string? kind = null)
    {
        var all = config.Child("rope_parameters");
        var rope = (kind is null ? null : all?.Child(kind)) ?? all;
        var scaling = rope ?? config.Child("rope_scaling");
        if ((rope ?? config).Positive("partial_rotary_factor", 1) != 1 || config.Positive("partial_rotary_factor", 1) != 1)
        {
            throw new NotSupportedException("config.json asks for \"partial_rotary_factor\": partially rotated heads are not supported.");
        }

        var theta = rope?.Positive("rope_theta", missing) ?? config.Positive(older, missing);
        var frequencies = Plain(size, theta);
        return scaling is null ? new RotaryAngles(frequencies) : Scale(frequencies, theta, scaling, config);
    }

    // Wavelengths much shorter than the trained length are unchanged, much longer ones are stretched, with a smooth transition.
    private static float[] Llama3(float[] frequencies, ConfigFile scaling)
    {
        var (factor, low, high) =
            (scaling.Positive("factor", 8), scaling.Positive("low_freq_factor", 1), scaling.Positive("high_freq_factor", 4));
        var trained = scaling.Size(TrainedLength);
        if (high <= low)
        {
            throw new InvalidDataException($"config.json: \"high_freq_factor\" is {high}, but must be above \"low_freq_factor\", {low}.");
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
