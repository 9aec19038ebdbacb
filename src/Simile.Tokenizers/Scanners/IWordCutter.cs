using System.Runtime.Intrinsics;

namespace Simile.Tokenizers.Scanners;

/// <summary>A published pattern that cuts text into words, written out by hand. The pattern itself is its slow, obvious twin.</summary>
internal interface IWordCutter
{
    /// <summary>The pattern, as files spell it.</summary>
    static abstract string[] Patterns { get; }

    /// <summary>Where the word that begins at <paramref name="from"/> ends; <paramref name="from"/> itself where no word begins with that character.</summary>
    static abstract int Next(ReadOnlySpan<char> text, int from);

    /// <summary>The length of the word with which 16 units begin, if it is of plain ASCII and ends among them for certain; otherwise 0.</summary>
    static abstract int PlainWord(Vector256<ushort> units);
}
