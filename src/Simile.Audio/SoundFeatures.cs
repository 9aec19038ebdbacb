namespace Simile.Audio;

/// <summary>What a network of sound takes.</summary>
/// <param name="Name">The network's name for it: input_values or input_features.</param>
/// <param name="Values">The numbers, row-major.</param>
/// <param name="Shape">Their shape, without a batch.</param>
public sealed record SoundFeatures(string Name, float[] Values, IReadOnlyList<int> Shape)
{
    /// <summary>1 for rows of sound, 0 for rows of padding; null where the network takes no mask.</summary>
    public IReadOnlyList<int>? AttentionMask { get; init; }

    /// <summary>Whether the first axis counts windows, which go through the network as a batch.</summary>
    public bool Windows { get; init; }

    /// <summary>What CLAP's fusing network asks for: whether the sound was longer than it takes. Null for other networks.</summary>
    public bool? IsLonger { get; init; }

    /// <summary>How loud each window is (root mean square), where <see cref="Windows"/> are counted; null elsewhere.</summary>
    public IReadOnlyList<float>? Loudness { get; init; }
}
