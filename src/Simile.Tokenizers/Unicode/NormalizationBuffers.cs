namespace Simile.Tokenizers.Unicode;

/// <summary>The lists of one normalization, kept by the thread for the next one.</summary>
internal sealed class NormalizationBuffers
{
    // Beyond this, a text was unusually long and its lists are let go.
    private const int KeptCapacity = 1 << 16;

    [ThreadStatic]
    private static NormalizationBuffers? _kept;

    /// <summary>The code points of the text.</summary>
    public List<int> Points { get; } = [];

    /// <summary>The unit where each of them begins.</summary>
    public List<int> Sources { get; } = [];

    /// <summary>Decomposed code points in canonical order.</summary>
    public List<(int CodePoint, int Change)> Decomposed { get; } = [];

    /// <summary>What they compose to.</summary>
    public List<(int CodePoint, int Change)> Composed { get; } = [];

    /// <summary>The combining classes since the last starter.</summary>
    public List<byte> Classes { get; } = [];

    /// <summary>The decomposition of one code point.</summary>
    public List<int> Parts { get; } = [];

    /// <summary>Takes the thread's buffers, emptied.</summary>
    public static NormalizationBuffers Take()
    {
        var buffers = _kept ?? new NormalizationBuffers();
        _kept = buffers.Points.Capacity <= KeptCapacity ? buffers : null;
        buffers.Points.Clear();
        buffers.Sources.Clear();
        return buffers;
    }
}
