namespace Simile.Models.Architectures;

/// <content>Scalings for texts longer than in training, each as in transformers.</content>
internal static partial class RotaryFrequencies
{
    private static RotaryAngles Scale(float[] frequencies, float theta, ConfigFile scaling, ConfigFile config)
    {
        var type = scaling.Text("rope_type", scaling.Text("type", "default"));
        return type switch
        {
            "default" => new RotaryAngles(frequencies),
            "linear" when scaling.Positive("factor", 1) is var factor => new RotaryAngles(Array.ConvertAll(frequencies, f => f / factor)),
            "llama3" => new RotaryAngles(Llama3(frequencies, scaling)),
            "yarn" => Yarn(frequencies, theta, scaling, config),
            "longrope" or "su" => LongRope(frequencies, scaling, config),
            "dynamic" => Dynamic(frequencies, theta, Trained(scaling, config), scaling.Positive("factor", 1)),
            _ =>
                throw new NotSupportedException(
                    $"config.json asks for the rotary scaling \"{type}\", which is not supported: "
                    + "use default, dynamic, linear, llama3, longrope or yarn."),
        };
    }

    /// <summary>Stretches the base by the length of each text that exceeds the trained length.</summary>
    /// <exception cref="InvalidDataException">The heads have too few components.</exception>
    public static RotaryAngles Dynamic(float[] frequencies, float theta, int trained, float factor) => frequencies.Length > 1
        ? new RotaryAngles(frequencies) { Trained = trained, Stretch = (theta, factor) }
        : throw new InvalidDataException("config.json: dynamic rotary scaling needs heads of more than two components.");

    // Peng et al. 2023. Pairs that rotate often within the trained length are unchanged, those that rotate less than once are slowed down,
    // with a linear transition.
    private static RotaryAngles Yarn(float[] frequencies, float theta, ConfigFile scaling, ConfigFile config)
    {
        var trained = theta > 1
            ? Trained(scaling, config)
            : throw new InvalidDataException($"config.json: a rotary base of {theta} cannot be scaled by \"yarn\": it must be above 1.");
        var factor = scaling.OptionalPositive("factor")
            ?? (config.OptionalSize("max_position_embeddings") is { } all ? (float)all / trained : 1);
        var (low, high) = (Pair(scaling.Positive("beta_fast", 32)), Pair(scaling.Positive("beta_slow", 1)));
        (low, high) = scaling.Flag("truncate", true) ? (Math.Floor(low), Math.Ceiling(high)) : (low, high);
        (low, high) = (Math.Max(low, 0), Math.Min(high, (2 * frequencies.Length) - 1));
        high += high == low ? 0.001 : 0;
        var scaled = frequencies.Select((f, i) =>
        {
            var kept = 1 - (float)Math.Clamp((i - low) / (high - low), 0, 1);
            return (f / factor * (1 - kept)) + (f * kept);
        });
        return new RotaryAngles([.. scaled]) { Scale = scaling.OptionalPositive("attention_factor") ?? Sharpness(factor, scaling) };

        // The pair of components that rotates the given number of times within the trained length.
        double Pair(double turns) => 2 * frequencies.Length * Math.Log(trained / (turns * 2 * Math.PI)) / (2 * Math.Log(theta));
    }

    private static float Sharpness(float factor, ConfigFile scaling)
    {
        return scaling.OptionalPositive("mscale") is { } share && scaling.OptionalPositive("mscale_all_dim") is { } all
            ? Of(share) / Of(all)
            : Of(1);

        float Of(float share) => factor <= 1 ? 1 : (0.1f * share * MathF.Log(factor)) + 1;
    }

    // Ding et al. 2024: each pair has one factor for texts up to the trained length and one for longer texts.
    private static RotaryAngles LongRope(float[] frequencies, ConfigFile scaling, ConfigFile config)
    {
        var trained = Trained(scaling, config);
        var most = config.OptionalSize("max_position_embeddings") ?? trained;
        var factor = HasTrained(scaling, config) ? (float)most / trained : scaling.Positive("factor", 1);
        return new RotaryAngles(Divided("short_factor"))
        {
            Trained = trained,
            Beyond = Divided("long_factor"),
            Scale = scaling.OptionalPositive("attention_factor")
                ?? (factor <= 1 ? 1 : MathF.Sqrt(1 + (MathF.Log(factor) / MathF.Log(trained)))),
        };

        float[] Divided(string name) =>
            scaling.Numbers(name) is { } factors && factors.Length == frequencies.Length && factors.All(f => f > 0)
                ? [.. frequencies.Zip(factors, (f, by) => f / by)]
                : throw new InvalidDataException($"config.json: \"{name}\" must be a list of {frequencies.Length} numbers above 0.");
    }

    private static bool HasTrained(ConfigFile scaling, ConfigFile config) =>
        (scaling.OptionalSize(TrainedLength) ?? config.OptionalSize(TrainedLength)) is not null;

    private static int Trained(ConfigFile scaling, ConfigFile config) =>
        (scaling.OptionalSize(TrainedLength) ?? config.OptionalSize(TrainedLength) ?? config.Size("max_position_embeddings"))
            is > 1 and var trained
        ? trained
        : throw new InvalidDataException($"config.json: \"{TrainedLength}\" is 1, which is out of range.");
}
