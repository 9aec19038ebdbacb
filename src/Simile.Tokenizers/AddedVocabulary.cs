using Simile.Tokenizers.Models;
using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.Unicode;

namespace Simile.Tokenizers;

/// <summary>The added tokens of a tokenizer, for search in raw text, search in normalized text, and decoding.</summary>
internal sealed class AddedVocabulary
{
    private readonly Dictionary<int, AddedToken> _byId = [];
    private readonly Dictionary<int, string> _normalized = [];
    private readonly Dictionary<string, int> _byContent = new(StringComparer.Ordinal);
    private readonly HashSet<string> _special = new(StringComparer.Ordinal);

    public AddedVocabulary(IEnumerable<AddedToken> tokens, Normalizer? normalizer)
    {
        foreach (var token in tokens)
        {
            if (token.Content.Length == 0)
            {
                continue;
            }

            _byId[token.Id] = token;
            Size = Math.Max(Size, token.Id + 1);
            _byContent[token.Content] = token.Id;
            if (token.Special)
            {
                _special.Add(token.Content);
            }

            if (token.Normalized && normalizer?.Normalize(token.Content) is { } content && content != token.Content)
            {
                _normalized[token.Id] = content;
            }
        }

        Raw = Matcher.Create(_byId.Values.Where(t => !t.Normalized).Select(t => (t.Content, t)));
        Normalized = Matcher.Create(_byId.Values.Where(t => t.Normalized).Select(t => (_normalized.GetValueOrDefault(t.Id, t.Content), t)));
    }

    /// <summary>Searches raw text; null if no token is searched there.</summary>
    public Matcher? Raw { get; }

    /// <summary>Searches normalized text; null if no token is searched there.</summary>
    public Matcher? Normalized { get; }

    /// <summary>One more than the largest id of an added token.</summary>
    public int Size { get; private set; }

    /// <summary>All added tokens.</summary>
    public IReadOnlyCollection<AddedToken> Tokens => _byId.Values;

    /// <summary>The id of an added token, or -1.</summary>
    public int Find(string content) => _byContent.GetValueOrDefault(content, -1);

    /// <summary>The content of an added token as it was given, or null.</summary>
    public string? Content(int id) => _byId.GetValueOrDefault(id)?.Content;

    /// <summary>
    /// The text that decoding writes for an id: the normalized content if the token is searched in normalized text. Null if the id is not
    /// an added token.
    /// </summary>
    public string? Spelling(int id) => _normalized.GetValueOrDefault(id) ?? Content(id);

    /// <summary>Whether a text is that of a special token.</summary>
    public bool IsSpecial(string spelling) => _special.Contains(spelling);

    /// <summary>Finds the leftmost added token; the longest if several start there.</summary>
    internal sealed class Matcher
    {
        private readonly PieceTrie _trie;
        private readonly AddedToken[] _tokens;
        private readonly System.Buffers.SearchValues<char> _first;

        private Matcher((string Content, AddedToken Token)[] tokens)
        {
            _tokens = [.. tokens.Select(t => t.Token)];
            _trie = PieceTrie.Build(tokens.Length, i => tokens[i].Content);
            _first = System.Buffers.SearchValues.Create([.. tokens.Select(t => t.Content[0]).Distinct()]);
        }

        public static Matcher? Create(IEnumerable<(string Content, AddedToken Token)> tokens)
        {
            var list = tokens.Where(t => t.Content.Length > 0).ToArray();
            return list.Length == 0 ? null : new Matcher(list);
        }

        /// <summary>
        /// The next token at or after <paramref name="from"/>; <paramref name="taken"/> units belong to the previous token.
        /// </summary>
        public bool TryFind(ReadOnlySpan<char> text, int from, int taken, out AddedToken token, out int start, out int end, out int next)
        {
            token = null!;
            (start, end, next) = (0, 0, 0);
            while (TryMatch(text, from, out token, out start, out end))
            {
                from = next = end;
                if (token.SingleWord && (EndsWithWord(text[..start]) || StartsWithWord(text[end..])))
                {
                    continue;
                }

                while (token.RightStrip && end < text.Length && Characters.IsWhiteSpace(text[end]))
                {
                    end++;
                }

                while (token.LeftStrip && start > taken && Characters.IsWhiteSpace(text[start - 1]))
                {
                    start--;
                }

                // The previous token may have stripped the white space that this token consists of. Then nothing of it is left.
                if (token.LeftStrip && start < taken && (start = taken) >= end)
                {
                    continue;
                }

                return true;
            }

            return false;
        }

        private static bool EndsWithWord(ReadOnlySpan<char> text) =>
            System.Text.Rune.DecodeLastFromUtf16(text, out var rune, out _) == System.Buffers.OperationStatus.Done
            && Characters.IsWord(rune.Value);

        private static bool StartsWithWord(ReadOnlySpan<char> text) =>
            System.Text.Rune.DecodeFromUtf16(text, out var rune, out _) == System.Buffers.OperationStatus.Done
            && Characters.IsWord(rune.Value);

        private bool TryMatch(ReadOnlySpan<char> text, int from, out AddedToken token, out int start, out int end)
        {
            for (start = from; start < text.Length; start++)
            {
                var skip = text[start..].IndexOfAny(_first);
                if (skip < 0)
                {
                    break;
                }

                start += skip;
                var id = -1;
                end = start;
                for (int i = start, node = PieceTrie.Root; i < text.Length && (node = _trie.Step(node, text[i])) > 0; i++)
                {
                    if (_trie.IdAt(node) is >= 0 and var found)
                    {
                        (id, end) = (found, i + 1);
                    }
                }

                if (id >= 0)
                {
                    token = _tokens[id];
                    return true;
                }
            }

            token = null!;
            end = start;
            return false;
        }
    }
}
