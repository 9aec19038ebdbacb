namespace Simile.Tokenizers.Models;

/// <summary>
/// Derives the merges of a vocabulary whose ids are ranks (tiktoken): two tokens merge if their concatenation is a token, lowest rank
/// first.
/// </summary>
/// <remarks>
/// One pair per token is enough. When two symbols merge into a token, no merge has crossed the token's ends before, so its bytes
/// were merged as they are in isolation: the last pair of that sequence is the only one that can make it. Tokens are processed by rank, so
/// the earlier pairs are known; a token whose bytes reduce to two symbols has found its pair. For a token whose bytes do not (it is made
/// through a token of a higher rank, or by none), every split into two tokens is kept. That is more than needed and never wrong.
/// </remarks>
internal static class RankMerges
{
    /// <summary>The merges of a vocabulary that contains all single bytes, spelled in letters.</summary>
    public static MergeTable Find(Vocabulary vocabulary)
    {
        var merges = new MergeTable(vocabulary.Size);
        var symbols = new Symbols();
        var bytes = new int[Unicode.ByteAlphabet.End];
        for (var letter = 0; letter < bytes.Length; letter++)
        {
            bytes[letter] = vocabulary.Find([(char)letter]);
        }

        for (var id = 0; id < vocabulary.Size; id++)
        {
            var token = vocabulary.Token(id) ?? string.Empty;
            if (token.Length < 2)
            {
                continue;
            }

            symbols.Clear();
            foreach (var letter in token)
            {
                symbols.Add(letter < bytes.Length ? bytes[letter] : -1, 1);
            }

            symbols.Merge(merges);
            if (symbols.Count == 2)
            {
                merges.Add(symbols.Ids[0], symbols.Ids[1], id, id);
            }
            else
            {
                AddEveryCut(token, id, vocabulary.Trie, merges);
            }
        }

        return merges;
    }

    private static void AddEveryCut(ReadOnlySpan<char> token, int id, PieceTrie trie, MergeTable merges)
    {
        for (int length = 1, node = PieceTrie.Root; length < token.Length; length++)
        {
            node = trie.Step(node, token[length - 1]);
            if (trie.IdAt(node) is >= 0 and var left && trie.Find(token[length..]) is >= 0 and var right)
            {
                merges.Add(left, right, id, id);
            }
        }
    }
}
