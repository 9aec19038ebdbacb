namespace Simile.Tokenizers.Text;

/// <summary>A text to tokenise with where it stands in the original: rewritten text knows it unit by unit, text as it was given by its first unit.</summary>
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

    /// <summary>Text as it was given, whose first unit stands at <paramref name="origin"/>.</summary>
    public TextSource(ReadOnlySpan<char> chars, int origin)
    {
        Chars = chars;
        _origin = origin;
    }

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Chars { get; }

    /// <summary>Where in the original unit i begins.</summary>
    public int Start(int i) => _aligned is null ? _origin + i : _aligned.Start(i);

    /// <summary>Where in the original unit i ends.</summary>
    public int End(int i) => _aligned is null ? _origin + i + 1 : _aligned.End(i);
}
