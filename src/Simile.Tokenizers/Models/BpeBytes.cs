using System.Text;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers.Models;

/// <summary>A byte-level BPE model that takes words directly: bytes become symbols without the letters between.</summary>
internal sealed class BpeBytes
{
    private readonly BpeModel _model;
    private readonly int[] _ids;
    private readonly int[] _lastIds;

    private BpeBytes(BpeModel model, int[] ids, int[] lastIds) => (_model, _ids, _lastIds) = (model, ids, lastIds);

    /// <summary>Creates the model; null if a byte is not a token.</summary>
    public static BpeBytes? TryCreate(BpeModel model)
    {
        int[] ids = [.. Enumerable.Range(0, 256).Select(value => model.TokenToId([ByteAlphabet.ToLetter((byte)value)]))];
        int[] lastIds = [.. Enumerable.Range(0, 256)
            .Select(value => model.TokenToId([ByteAlphabet.ToLetter((byte)value), .. model.Options.Suffix]))];
        return model.Options.Prefix.Length > 0 || ids.Contains(-1) || lastIds.Contains(-1) ? null : new BpeBytes(model, ids, lastIds);
    }

    /// <summary>Tokenizes a word; each token has its number of bytes.</summary>
    /// <param name="word">The word. An unpaired surrogate counts as U+FFFD.</param>
    /// <param name="folds">Whether A to Z count as a to z.</param>
    /// <param name="symbols">Receives the tokens.</param>
    public void Encode(ReadOnlySpan<char> word, bool folds, Symbols symbols)
    {
        symbols.Clear();
        var last = AddBytes(word, folds, symbols);
        if (_model.Options.WholeWords && FindWord(word, folds) is >= 0 and var whole)
        {
            var bytes = symbols.Count;
            symbols.Clear();
            symbols.Add(whole, bytes);
            return;
        }

        symbols.ReplaceLast(_lastIds[last]);
        symbols.Merge(_model.Merges);
    }

    // The last byte.
    private int AddBytes(ReadOnlySpan<char> word, bool folds, Symbols symbols)
    {
        Span<byte> bytes = stackalloc byte[4];
        var last = 0;
        for (int i = 0, units; i < word.Length; i += units)
        {
            units = 1;
            if (word[i] < 0x80)
            {
                symbols.Add(_ids[last = Fold(word[i], folds)], 1);
                continue;
            }

            Rune.DecodeFromUtf16(word[i..], out var rune, out units);
            foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
            {
                symbols.Add(_ids[last = value], 1);
            }
        }

        return last;
    }

    private int FindWord(ReadOnlySpan<char> word, bool folds)
    {
        Span<byte> bytes = stackalloc byte[4];
        var trie = _model.Trie;
        var node = PieceTrie.Root;
        for (int i = 0, units; i < word.Length && node >= 0; i += units)
        {
            Rune.DecodeFromUtf16(word[i..], out var rune, out units);
            var count = rune.EncodeToUtf8(bytes);
            for (var at = 0; at < count && node >= 0; at++)
            {
                node = trie.Step(node, ByteAlphabet.ToLetter((byte)Fold((char)bytes[at], folds)));
            }
        }

        return node > PieceTrie.Root ? trie.IdAt(node) : -1;
    }

    private static int Fold(char c, bool folds) => folds && char.IsAsciiLetterUpper(c) ? c | 0x20 : c;
}
