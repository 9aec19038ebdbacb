using System.Text;
using Simile.Tokenizers.Models;
using Simile.Tokenizers.PreTokenizers;
using Simile.Tokenizers.Scanners;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Normalizers;

/// <summary>SentencePiece's normalizer: applies rules, merges white space, writes it as U+2581, and puts one before the text.</summary>
/// <remarks>
/// Kudo, Richardson, "SentencePiece" (2018). A unit's range in the original ends where the next unit's starts, as in norm_to_orig.
/// </remarks>
internal sealed class SentencePieceNormalizer : Normalizer
{
    /// <summary>The character for a space: ▁.</summary>
    public const char Space = '\u2581';

    // No text contains it: an unpaired surrogate.
    private const char NotPut = '\uD800';

    private readonly CharsMap? _rules;
    private readonly PieceTrie? _userDefined;
    private readonly SentencePieceOptions _options;
    private readonly char _space;

    /// <param name="rules">The rules; null for none.</param>
    /// <param name="userDefined">Symbols that no rule may change; null for none.</param>
    /// <param name="options">How white space is handled.</param>
    public SentencePieceNormalizer(CharsMap? rules, PieceTrie? userDefined, SentencePieceOptions options)
    {
        (_rules, _userDefined, _options) = (rules, userDefined, options);
        _space = options.EscapeWhitespaces ? Space : ' ';
    }

    /// <summary>
    /// How plain text is marked if marking is all that happens to it. User-defined symbols do not matter if no rule can change them.
    /// </summary>
    public MarkedWords? MarkedWords =>
        _options is { EscapeWhitespaces: true, WhitespaceAsSuffix: false } && (_rules is null || _rules.LeavesSpacesAlone)
            ? new MarkedWords(
                _options.AddDummyPrefix ? PrependScheme.Always : PrependScheme.Never,
                MergesSpaces: _options.RemoveExtraWhitespaces,
                Rules: _rules)
            : null;

    public override void Normalize(AlignedText text)
    {
        var source = text.Chars;
        var i = _options.RemoveExtraWhitespaces ? SkipLeadingSpaces(source) : 0;
        text.Rewrite();
        if (i < source.Length)
        {
            NormalizeFrom(i, text);
        }
        else
        {
            text.Commit();
        }
    }

    private void NormalizeFrom(int i, AlignedText text)
    {
        var source = text.Chars;
        var end = text.LastEnd;
        if (_options is { AddDummyPrefix: true, WhitespaceAsSuffix: false })
        {
            text.PutAt(_space, text.Start(i));
        }

        var afterSpace = _options.RemoveExtraWhitespaces;
        while (i < source.Length)
        {
            var start = text.Start(i);
            if (IsPlain(source, i))
            {
                text.PutAt(source[i++], start);
                afterSpace = false;
                continue;
            }

            var units = MatchPrefix(source, i, out var replacement);
            if (units > 0)
            {
                PutReplacement(replacement, start, text, ref afterSpace);
            }
            else
            {
                units = MatchUserDefined(source, i);
                var last = NotPut;
                foreach (var c in source.Slice(i, units))
                {
                    Put(c, start, text, afterSpace, ref last);
                }

                afterSpace = EndsWithSpace(last, afterSpace);
            }

            i += units;
        }

        if (_options.RemoveExtraWhitespaces)
        {
            end = text.DropTrailing(_space, end);
        }

        if (_options is { AddDummyPrefix: true, WhitespaceAsSuffix: true })
        {
            text.PutAt(_space, end);
        }

        text.CommitChained(end);
    }

    // ASCII other than a space stays unchanged: nearly all of an English text.
    private bool IsPlain(ReadOnlySpan<char> source, int i) =>
        source[i] is > ' ' and < '\u007F' && (_rules is null || _rules.IsPlain(source, i));

    private int SkipLeadingSpaces(ReadOnlySpan<char> source)
    {
        var i = 0;
        while (i < source.Length)
        {
            var units = MatchPrefix(source, i, out var replacement);
            if (units > 0 ? !replacement.SequenceEqual(" "u8) : source[i] != ' ' || MatchUserDefined(source, i) > 1)
            {
                break;
            }

            i += Math.Max(units, 1);
        }

        return i;
    }

    // 0 if no rule applies: a user-defined symbol is here, or the character is unchanged.
    private int MatchPrefix(ReadOnlySpan<char> source, int i, out ReadOnlySpan<byte> replacement)
    {
        replacement = default;
        return _rules is null || (_userDefined is not null && _userDefined.Longest(source[i..], out _) > 0)
            ? 0
            : _rules.Match(source, i, out replacement);
    }

    private int MatchUserDefined(ReadOnlySpan<char> source, int i)
    {
        var units = _userDefined is null ? 0 : _userDefined.Longest(source[i..], out _);
        return units > 0 ? units : char.IsHighSurrogate(source[i]) ? 2 : 1;
    }

    private void PutReplacement(ReadOnlySpan<byte> replacement, int start, AlignedText text, ref bool afterSpace)
    {
        Span<char> chars = stackalloc char[2];
        var last = NotPut;
        while (!replacement.IsEmpty)
        {
            Rune.DecodeFromUtf8(replacement, out var rune, out var bytes);
            replacement = replacement[bytes..];
            foreach (var c in chars[..rune.EncodeToUtf16(chars)])
            {
                Put(c, start, text, afterSpace, ref last);
            }
        }

        afterSpace = EndsWithSpace(last, afterSpace);
    }

    // Only spaces at the start of a replacement merge with those before it; inner ones stay.
    private void Put(char c, int start, AlignedText text, bool afterSpace, ref char last)
    {
        if (c != ' ' || !afterSpace || last != NotPut)
        {
            text.PutAt(c == ' ' ? _space : c, start);
            last = c;
        }
    }

    private bool EndsWithSpace(char last, bool before) => last == NotPut ? before : last == ' ' && _options.RemoveExtraWhitespaces;
}
