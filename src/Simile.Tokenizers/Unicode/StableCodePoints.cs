namespace Simile.Tokenizers.Unicode;

/// <summary>
/// For each normalization form, the code points that it never changes in any context. A text of only these needs no normalization.
/// </summary>
internal static class StableCodePoints
{
    private static readonly Lazy<CodePointSet>[] Sets = [.. Enumerable.Range(0, 4)
        .Select(form => new Lazy<CodePointSet>(() => Find((form & 1) != 0, (form & 2) != 0)))];

    /// <summary>The stable code points of a form: NFD, NFKD, NFC or NFKC.</summary>
    public static CodePointSet Of(bool compatible, bool compose) => Sets[(compatible ? 1 : 0) + (compose ? 2 : 0)].Value;

    // Excluded: what changes, what is reordered, and what may compose with the previous code point.
    private static CodePointSet Find(bool compatible, bool compose)
    {
        var decomposed = Tables.Canonical.Keys.Concat(compatible ? Tables.Compatible.Keys : Enumerable.Empty<int>());
        var unstable = decomposed.Where(c => !compose || Normalized(c, compatible) != c)
            .Concat(Tables.CombiningClasses.Keys)
            .Concat(compose ? Tables.Compositions.Keys.Select(pair => pair.Item2) : [])
            .Select(c => (c, c));
        return new CodePointSet(CodePointRanges.Of([.. unstable, compose ? (0x1161, 0x11C2) : (0xAC00, 0xD7A3)]).Complement());
    }

    // The single code point of a decomposition; -1 for several.
    private static int Normalized(int c, bool compatible)
    {
        var buffers = new NormalizationBuffers();
        buffers.Points.Add(c);
        Normalization.Decompose(buffers, compatible);
        Normalization.Compose(buffers);
        return buffers.Composed is [var (only, _)] ? only : -1;
    }
}
