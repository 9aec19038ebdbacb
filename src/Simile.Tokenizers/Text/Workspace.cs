namespace Simile.Tokenizers.Text;

/// <summary>The buffers of one call, kept by the tokenizer for the next one; never shared between two calls at once.</summary>
internal sealed class Workspace
{
    private const int MostSurfaces = 1024;

    // Some ten to ninety bytes are kept for each character.
    private const int LongestKept = 1 << 18;

    private readonly List<int> _ownIds = [];
    private readonly HashSet<string> _surfaces = new(StringComparer.Ordinal);
    private bool _wantsUnknown;
    private int _limit = int.MaxValue;

    /// <summary>The segment of the text at work.</summary>
    public AlignedText Text { get; } = new();

    /// <summary>A part of it, between added tokens that only the normalised text holds.</summary>
    public AlignedText Part { get; } = new();

    /// <summary>What pre-tokenizers cut the segment into.</summary>
    public List<(int Start, int End)> Pieces { get; private set; } = [];

    /// <summary>Where they put the finer cut.</summary>
    public List<(int Start, int End)> NewPieces { get; private set; } = [];

    /// <summary>The tokens found so far.</summary>
    public List<Token> Tokens { get; } = [];

    /// <summary>The ids found so far, where nothing else is wanted.</summary>
    public List<int> Ids { get; private set; } = [];

    /// <summary>Whether tokens are wanted, or only ids.</summary>
    public bool WantsTokens { get; private set; }

    /// <summary>Number of tokens or ids found so far.</summary>
    public int Count => WantsTokens ? Tokens.Count : Ids.Count;

    /// <summary>Whether as many were found as are wanted; further ones do no harm.</summary>
    public bool IsFull => Count >= _limit;

    /// <summary>What the model keeps between calls (a cache of words, a lattice).</summary>
    public object? ModelState { get; set; }

    /// <summary>Tokens go to <see cref="Tokens"/>; the work may stop when it holds <paramref name="limit"/>.</summary>
    /// <param name="limit">How many are wanted.</param>
    /// <param name="unknown">Whether unknown tokens say what the text held there.</param>
    public void CollectTokens(int limit = int.MaxValue, bool unknown = true)
    {
        Tokens.Clear();
        _limit = limit;
        _wantsUnknown = unknown;
        WantsTokens = true;
    }

    /// <summary>Ids go to a list, or to one of the workspace's own; the work may stop when it holds <paramref name="limit"/>.</summary>
    public void CollectIds(List<int>? ids, int limit = int.MaxValue)
    {
        _ownIds.Clear();
        Ids = ids ?? _ownIds;
        _limit = limit;
        WantsTokens = false;
    }

    /// <summary>Whether a text was so long that what was made for it should not be kept for the next one.</summary>
    public bool IsTooLarge { get; private set; }

    /// <summary>Notes how long a text is.</summary>
    public void Expect(int length) => IsTooLarge |= length > LongestKept;

    /// <summary>Lets go of the caller's list.</summary>
    public void Release() => Ids = _ownIds;

    /// <summary>Takes the finer cut.</summary>
    public void SwapPieces()
    {
        (Pieces, NewPieces) = (NewPieces, Pieces);
        NewPieces.Clear();
    }

    /// <summary>Adds a token that covers units [start, end) of <paramref name="text"/>; an empty range has the place where it stands.</summary>
    public void Add(int id, AlignedText text, int start, int end, bool surface = false)
    {
        if (!WantsTokens)
        {
            Ids.Add(id);
            return;
        }

        var first = text.Start(start);
        Tokens.Add(new Token(id, first, end > start ? text.End(end - 1) : first, surface && _wantsUnknown ? text.Chars[start..end].ToString() : null));
    }

    /// <summary>Adds the tokens of the word [start, end); each stands for so many bytes of its UTF-8 form, and has the place of all characters it touches.</summary>
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

    /// <summary>Adds an added token with what it matched.</summary>
    public void Add(AddedToken token, ReadOnlySpan<char> surface, int start, int end)
    {
        if (!WantsTokens)
        {
            Ids.Add(token.Id);
            return;
        }

        Tokens.Add(new Token(token.Id, start, end, surface.SequenceEqual(token.Content) ? token.Content : Surface(surface)));
    }

    // What an added token matched is the same few strings again and again: its content and white space.
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
