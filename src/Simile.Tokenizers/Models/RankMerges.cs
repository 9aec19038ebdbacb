namespace Simile.Tokenizers.Models;

/// <summary>Merges of a vocabulary whose ids are ranks (tiktoken): two tokens join wherever what they make is a token, the least rank first.</summary>
/// <remarks>
/// One pair for each token is enough. Where two symbols become a token, nothing joined across its ends before, so its bytes
/// went the way that they go alone: the last pair of that way is the only one that ever makes it. Going through tokens by rank, the pairs
/// before are known; a token whose bytes come to two symbols by them has found its pair. Of one whose bytes do not (it is made by way
/// of a token of a higher rank, or by none) every cut into two tokens is kept, which is more than needed and never wrong.
/// </remarks>
internal static class RankMerges
{
    /// <summary>The pairs of a vocabulary that holds all single bytes, spelled in letters.</summary>
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
