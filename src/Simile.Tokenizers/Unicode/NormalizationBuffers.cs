namespace Simile.Tokenizers.Unicode;

/// <summary>The buffers of one normalization, reused by the thread.</summary>
internal sealed class NormalizationBuffers
{
    // Larger lists come from an unusually long text and are released.
    private const int KeptCapacity = 1 << 16;

    [ThreadStatic]
    private static NormalizationBuffers? _kept;

    /// <summary>The code points of the text.</summary>
    public List<int> Points { get; } = [];

    /// <summary>The start of each in units.</summary>
    public List<int> Sources { get; } = [];

    /// <summary>Decomposed code points in canonical order.</summary>
    public List<(int CodePoint, int Change)> Decomposed { get; } = [];

    /// <summary>The composed code points.</summary>
    public List<(int CodePoint, int Change)> Composed { get; } = [];

    /// <summary>The combining classes since the last starter.</summary>
    public List<byte> Classes { get; } = [];

    /// <summary>The decomposition of one code point.</summary>
    public List<int> Parts { get; } = [];

    /// <summary>Returns the thread's buffers, cleared.</summary>
    public static NormalizationBuffers Take()
    {
        var buffers = _kept ?? new NormalizationBuffers();
        _kept = buffers.Points.Capacity <= KeptCapacity ? buffers : null;
        buffers.Points.Clear();
        buffers.Sources.Clear();
        return buffers;
    }
}
