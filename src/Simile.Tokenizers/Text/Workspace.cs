namespace Simile.Tokenizers.Text;

/// <summary>The buffers of one call, which the tokenizer reuses for later calls. Never shared between concurrent calls.</summary>
internal sealed class Workspace
{
    private const int MostSurfaces = 1024;

    // Each character takes some ten to ninety bytes.
    private const int LongestKept = 1 << 18;

    private readonly List<int> _ownIds = [];
    private readonly HashSet<string> _surfaces = new(StringComparer.Ordinal);
    private bool _wantsUnknown;
    private int _limit = int.MaxValue;

    /// <summary>The current segment of the text.</summary>
    public AlignedText Text { get; } = new();

    /// <summary>A part of it between added tokens that are searched in normalized text only.</summary>
    public AlignedText Part { get; } = new();

    /// <summary>The pieces that pre-tokenizers have split the segment into.</summary>
    public List<(int Start, int End)> Pieces { get; private set; } = [];

    /// <summary>The buffer for a finer split.</summary>
    public List<(int Start, int End)> NewPieces { get; private set; } = [];

    /// <summary>The tokens found so far.</summary>
    public List<Token> Tokens { get; } = [];

    /// <summary>The ids found so far, if only ids are requested.</summary>
    public List<int> Ids { get; private set; } = [];

    /// <summary>Whether tokens are requested, or only ids.</summary>
    public bool WantsTokens { get; private set; }

    /// <summary>Number of tokens or ids found so far.</summary>
    public int Count => WantsTokens ? Tokens.Count : Ids.Count;

    /// <summary>Whether the requested number was reached. Further tokens do no harm.</summary>
    public bool IsFull => Count >= _limit;

    /// <summary>The model's buffers between calls (a word cache, a lattice).</summary>
    public object? ModelState { get; set; }

    /// <summary>Collects tokens in <see cref="Tokens"/>. Tokenizing may stop at <paramref name="limit"/>.</summary>
    /// <param name="limit">The requested number of tokens.</param>
    /// <param name="unknown">Whether unknown tokens keep the text at their position.</param>
    public void CollectTokens(int limit = int.MaxValue, bool unknown = true)
    {
        Tokens.Clear();
        _limit = limit;
        _wantsUnknown = unknown;
        WantsTokens = true;
    }

    /// <summary>Collects ids in a list, or in one of the workspace. Tokenizing may stop at <paramref name="limit"/>.</summary>
    public void CollectIds(List<int>? ids, int limit = int.MaxValue)
    {
        _ownIds.Clear();
        Ids = ids ?? _ownIds;
        _limit = limit;
        WantsTokens = false;
    }

    /// <summary>Whether a text was so long that its buffers should not be kept.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Records the length of a text.</summary>
    public void Expect(int length) => IsTooLarge |= length > LongestKept;

    /// <summary>Releases the caller's list.</summary>
    public void Release() => Ids = _ownIds;

    /// <summary>Makes the finer split the current one.</summary>
    public void SwapPieces()
    {
        (Pieces, NewPieces) = (NewPieces, Pieces);
        NewPieces.Clear();
    }

    /// <summary>Adds a token for units [start, end) of <paramref name="text"/>. An empty range has the position where it is.</summary>
    public void Add(int id, AlignedText text, int start, int end, bool surface = false)
    {
        if (!WantsTokens)
        {
            Ids.Add(id);
            return;
        }

        var first = text.Start(start);
        Tokens.Add(new Token(
            id, first, end > start ? text.End(end - 1) : first, surface && _wantsUnknown ? text.Chars[start..end].ToString() : null));
    }

    /// <summary>
    /// Adds the tokens of the word [start, end). Each token covers a number of its UTF-8 bytes and has the position of all characters that
    /// it touches.
    /// </summary>
    public void AddWord(ReadOnlySpan<int> ids, ReadOnlySpan<int> bytes, TextSource text, int start, int end)
    {
        if (!WantsTokens)
        {
            Ids.AddRange(ids);
            return;
        }

        var cursor = new ByteCursor(text.Chars[start..end]);
        var at = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            cursor.MoveTo(at);
            var first = start + cursor.Start;
            cursor.MoveTo((at += bytes[i]) - 1);
            Tokens.Add(new Token(ids[i], text.Start(first), text.End(start + cursor.End - 1)));
        }
    }

    /// <summary>Adds an added token with the matched text.</summary>
    public void Add(AddedToken token, ReadOnlySpan<char> surface, int start, int end)
    {
        if (!WantsTokens)
        {
            Ids.Add(token.Id);
            return;
        }

        Tokens.Add(new Token(token.Id, start, end, surface.SequenceEqual(token.Content) ? token.Content : Surface(surface)));
    }

    // Added tokens match the same few strings repeatedly: their content and white space.
    private string Surface(ReadOnlySpan<char> surface)
    {
        var known = _surfaces.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(surface, out var found))
        {
            return found;
        }

        if (_surfaces.Count >= MostSurfaces)
        {
            _surfaces.Clear();
        }

        known.Add(surface);
        return known.TryGetValue(surface, out found) ? found : surface.ToString();
    }
}
