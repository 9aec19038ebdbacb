namespace Simile.Tokenizers.Text;

/// <summary>
/// A text to tokenize with its position in the original. Rewritten text has an origin per unit, raw text one for its first unit.
/// </summary>
internal readonly ref struct TextSource
{
    private readonly AlignedText? _aligned;
    private readonly int _origin;

    /// <summary>Rewritten text.</summary>
    public TextSource(AlignedText aligned)
    {
        _aligned = aligned;
        Chars = aligned.Chars;
    }

    /// <summary>Raw text whose first unit is at <paramref name="origin"/>.</summary>
    public TextSource(ReadOnlySpan<char> chars, int origin)
    {
        Chars = chars;
        _origin = origin;
    }

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Chars { get; }

    /// <summary>Start of unit i in the original.</summary>
    public int Start(int i) => _aligned is null ? _origin + i : _aligned.Start(i);

    /// <summary>End of unit i in the original.</summary>
    public int End(int i) => _aligned is null ? _origin + i + 1 : _aligned.End(i);
}
