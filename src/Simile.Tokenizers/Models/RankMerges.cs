namespace Simile.Tokenizers.Models;

/// <summary>Merges of a vocabulary whose ids are ranks (tiktoken): two tokens join wherever what they make is a token, the least rank first.</summary>
internal static class RankMerges
{
    /// <summary>Every cut of every token into two tokens.</summary>
    public static MergeTable Find(Vocabulary vocabulary)
    {
        var trie = vocabulary.Trie;
        var merges = new MergeTable(vocabulary.Size * 3);
        for (var id = 0; id < vocabulary.Size; id++)
        {
            var token = (vocabulary.Token(id) ?? string.Empty).AsSpan();
            for (int length = 1, node = PieceTrie.Root; length < token.Length; length++)
            {
                node = trie.Step(node, token[length - 1]);
                if (trie.IdAt(node) is >= 0 and var left && trie.Find(token[length..]) is >= 0 and var right)
                {
                    merges.Add(left, right, id, id);
                }
            }
        }

        return merges;
    }
}
