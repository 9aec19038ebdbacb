namespace Simile.Cli;

/// <summary>Places in a text as other languages count them: in Unicode code points, where .NET counts UTF-16 units.</summary>
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

    /// <summary>How many code points begin before a place counted in UTF-16 units.</summary>
    public int Before(int units) => _before is null ? units : _before[Math.Clamp(units, 0, _before.Length - 1)];
}
