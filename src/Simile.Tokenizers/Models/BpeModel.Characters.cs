using System.Text;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.Models;

internal sealed partial class BpeModel
{
    /// <summary>Tokenizes a word; each token has its number of UTF-8 bytes.</summary>
    /// <remarks>
    /// The reference counts bytes from the start of the piece: if a character is dropped, all later tokens shift left. An unknown
    /// character merges with the next unknown one across characters that fall back to bytes.
    /// </remarks>
    /// <exception cref="InvalidDataException">A character is unknown, and the vocabulary has no unknown token.</exception>
    internal void Encode(ReadOnlySpan<char> word, Symbols symbols)
    {
        symbols.Clear();
        if (Options.WholeWords && _vocabulary.Find(word) is >= 0 and var whole)
        {
            symbols.Add(whole, System.Text.Encoding.UTF8.GetByteCount(word));
            return;
        }

        var unknown = 0;
        for (int i = 0, units; i < word.Length; i += units)
        {
            units = ByteCursor.UnitsAt(word, i);
            var bytes = ByteCursor.BytesAt(word, i);
            if (FindCharacter(word, i, units) is >= 0 and var id)
            {
                AddUnknown(symbols, ref unknown);
                symbols.Add(id, bytes);
            }
            else if (!TryAddBytes(word, i, units, symbols) && Options.Unknown is not null)
            {
                if (!Options.FuseUnknown)
                {
                    AddUnknown(symbols, ref unknown);
                }

                unknown += bytes;
            }
        }

        AddUnknown(symbols, ref unknown);
        symbols.Merge(Merges);
    }

    private int FindCharacter(ReadOnlySpan<char> word, int i, int units)
    {
        var trie = _vocabulary.Trie;
        var node = i == 0 ? PieceTrie.Root : _continuation;
        for (var at = i; at < i + units && node >= 0; at++)
        {
            node = trie.Step(node, word[at]);
        }

        if (i + units == word.Length && Options.Suffix.Length > 0 && node >= 0)
        {
            node = trie.Walk(node, Options.Suffix);
        }

        return node > PieceTrie.Root ? trie.IdAt(node) : -1;
    }

    private void AddUnknown(Symbols symbols, ref int bytes)
    {
        if (bytes > 0)
        {
            symbols.Add(UnknownId >= 0 ? UnknownId : throw NoUnknown(), bytes);
            bytes = 0;
        }
    }

    private InvalidDataException NoUnknown() =>
        new($"The vocabulary has no token \"{Options.Unknown}\" for a character that it does not know.");

    // As in the reference, the prefix and the suffix fall back to bytes too.
    private bool TryAddBytes(ReadOnlySpan<char> word, int i, int units, Symbols symbols)
    {
        if (!Options.ByteFallback)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[4];
        Rune.DecodeFromUtf16(word.Slice(i, units), out var rune, out _);
        bytes = bytes[..rune.EncodeToUtf8(bytes)];
        if (Options is { Prefix: "", Suffix: "" })
        {
            return TryAddBytes(bytes, symbols);
        }

        var prefix = i > 0 ? Options.Prefix : string.Empty;
        var suffix = i + units == word.Length ? Options.Suffix : string.Empty;
        return TryAddBytes(
            [.. System.Text.Encoding.UTF8.GetBytes(prefix), .. bytes, .. System.Text.Encoding.UTF8.GetBytes(suffix)], symbols);
    }

    private bool TryAddBytes(ReadOnlySpan<byte> bytes, Symbols symbols)
    {
        foreach (var value in bytes)
        {
            if (_byteIds[value] < 0)
            {
                return false;
            }
        }

        foreach (var value in bytes)
        {
            symbols.Add(_byteIds[value], 1);
        }

        return true;
    }
}
