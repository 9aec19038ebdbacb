using System.Runtime.Intrinsics;

namespace Simile.Tokenizers.Scanners;

/// <summary>A hand-written version of a published pattern that splits text into words. The pattern itself is the slow twin.</summary>
internal interface IWordCutter
{
    /// <summary>The pattern as it is written in files.</summary>
    static abstract string[] Patterns { get; }

    /// <summary>
    /// The end of the word that starts at <paramref name="from"/>; <paramref name="from"/> itself if no word starts there.
    /// </summary>
    static abstract int Next(ReadOnlySpan<char> text, int from);

    /// <summary>The length of a plain ASCII word that starts 16 units and certainly ends within them; otherwise 0.</summary>
    static abstract int PlainWord(Vector256<ushort> units);
}
