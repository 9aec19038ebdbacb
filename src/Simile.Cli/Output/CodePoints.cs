namespace Simile.Cli;

/// <summary>Converts positions from UTF-16 units to Unicode code points, as other languages count.</summary>
internal readonly ref struct CodePoints
{
    private readonly int[]? _before;

    public CodePoints(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return;
        }

        _before = new int[text.Length + 1];
        for (var i = 0; i < text.Length; i++)
        {
            var continues = char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]);
            _before[i + 1] = _before[i] + (continues ? 0 : 1);
        }
    }

    /// <summary>Number of code points before a position in UTF-16 units.</summary>
    public int Before(int units) => _before is null ? units : _before[Math.Clamp(units, 0, _before.Length - 1)];
}
