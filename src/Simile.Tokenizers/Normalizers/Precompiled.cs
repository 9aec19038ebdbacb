using System.Globalization;
using System.Text;
using Simile.Tokenizers.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Normalizers;

/// <summary>
/// SentencePiece's rules as the tokenizers library applies them, which differs from <see cref="SentencePieceNormalizer"/>.
/// </summary>
/// <remarks>
/// Works on grapheme clusters. In a cluster shorter than 6 bytes, the shortest rule that matches its start replaces all of it. Otherwise
/// each character is looked up. Clusters are .NET's, which follow Unicode's rules except for Indic conjuncts; none of those is so short.
/// </remarks>
internal sealed class Precompiled(CharsMap rules) : Normalizer
{
    private const int ShortCluster = 6;

    public override void Normalize(AlignedText text)
    {
        if (rules.IsPlain(text.Chars))
        {
            return;
        }

        var buffers = NormalizationBuffers.Take();
        var changes = buffers.Composed;
        changes.Clear();
        for (var i = 0; i < text.Length;)
        {
            if (rules.IsPlain(text.Chars, i))
            {
                changes.Add((text.Chars[i++], 0));
                continue;
            }

            var cluster = text.Chars[i..];
            cluster = cluster[..LengthOfCluster(cluster)];
            if (!TryReplace(cluster, changes))
            {
                ReplaceEach(cluster, changes);
            }

            i += cluster.Length;
        }

        AddSources(text, buffers);
        UnicodeNormalizer.Apply(text, changes, buffers.Sources);
    }

    // Two ASCII characters are never one cluster, except \r
    // .
    private static int LengthOfCluster(ReadOnlySpan<char> text) =>
        text[0] < 0x80 && (text.Length == 1 || (text[1] < 0x80 && text[0] != '\r')) ? 1 : StringInfo.GetNextTextElementLength(text);

    private bool TryReplace(ReadOnlySpan<char> part, List<(int CodePoint, int Change)> changes)
    {
        if (part.Length >= ShortCluster || System.Text.Encoding.UTF8.GetByteCount(part) >= ShortCluster
            || !rules.TryMatchShortest(part, out var replacement))
        {
            return false;
        }

        var removed = 0;
        foreach (var _ in part.EnumerateRunes())
        {
            removed++;
        }

        Replace(removed, replacement, changes);
        return true;
    }

    private void ReplaceEach(ReadOnlySpan<char> cluster, List<(int CodePoint, int Change)> changes)
    {
        foreach (var rune in cluster.EnumerateRunes())
        {
            if (rules.TryMatchShortest(cluster[..rune.Utf16SequenceLength], out var replacement))
            {
                Replace(1, replacement, changes);
            }
            else
            {
                changes.Add((rune.Value, 0));
            }

            cluster = cluster[rune.Utf16SequenceLength..];
        }
    }

    // If there are more characters than before, the last ones were inserted. If fewer, the last one covers the rest.
    private static void Replace(int removed, ReadOnlySpan<byte> replacement, List<(int CodePoint, int Change)> changes)
    {
        var added = 0;
        for (; !replacement.IsEmpty; added++)
        {
            Rune.DecodeFromUtf8(replacement, out var rune, out var bytes);
            replacement = replacement[bytes..];
            changes.Add((rune.Value, added < removed ? 0 : 1));
        }

        if (added < removed && changes.Count > 0)
        {
            changes[^1] = (changes[^1].CodePoint, changes[^1].Change + added - removed);
        }
    }

    private static void AddSources(AlignedText text, NormalizationBuffers buffers)
    {
        for (var i = 0; i < text.Length;)
        {
            buffers.Sources.Add(i);
            text.CodePointAt(i, out var units);
            i += units;
        }
    }
}
