namespace Simile.Audio;

/// <summary>The input of a network for sound.</summary>
/// <param name="Name">The network's input name: input_values or input_features.</param>
/// <param name="Values">The numbers, row-major.</param>
/// <param name="Shape">Their shape, without a batch axis.</param>
public sealed record SoundFeatures(string Name, float[] Values, IReadOnlyList<int> Shape)
{
    /// <summary>1 for rows of sound, 0 for padding; null if the network takes no mask.</summary>
    public IReadOnlyList<int>? AttentionMask { get; init; }

    /// <summary>Whether the first axis counts windows. The network takes them as a batch.</summary>
    public bool Windows { get; init; }

    /// <summary>For CLAP's fusion network: whether the sound was longer than its input. Null for other networks.</summary>
    public bool? IsLonger { get; init; }

    /// <summary>The loudness of each window (root mean square) if <see cref="Windows"/> is set; otherwise null.</summary>
    public IReadOnlyList<float>? Loudness { get; init; }
}
