using Simile.Tokenizers.PostProcessors;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers;

/// <summary>An encoding that is being truncated, joined and padded.</summary>
internal sealed partial class EncodingDraft
{
    private readonly List<int> _ids = [];
    private readonly List<int> _typeIds = [];
    private readonly List<string> _tokens = [];
    private readonly List<(int Start, int End)> _offsets = [];
    private readonly List<int> _sequences = [];
    private readonly List<int> _specialTokensMask = [];
    private readonly List<int> _attentionMask = [];
    private List<EncodingDraft> _overflowing = [];

    public int Count => _ids.Count;

    /// <summary>Adds a token of a text.</summary>
    public void Add(in Token token, string spelling, int sequence) => Add(token.Id, sequence, spelling, (token.Start, token.End), sequence);

    /// <summary>Adds the special tokens of a template.</summary>
    public void Add(TemplatePart part)
    {
        for (var i = 0; i < part.Ids.Length; i++)
        {
            Add(part.Ids[i], part.TypeId, part.Tokens[i], (0, 0), sequence: -1);
        }

        foreach (var overflowing in _overflowing)
        {
            overflowing.Add(part);
        }
    }

    /// <summary>
    /// Sets the type id of all tokens. Overflowing encodings keep theirs, as in the reference, unless they are told to follow.
    /// </summary>
    public void SetTypeIds(int typeId, bool overflowing)
    {
        foreach (var draft in overflowing ? _overflowing : [])
        {
            draft.SetTypeIds(typeId, overflowing);
        }

        for (var i = 0; i < _typeIds.Count; i++)
        {
            _typeIds[i] = typeId;
        }
    }

    /// <summary>Appends another draft, and combines each overflowing encoding of one side with each of the other.</summary>
    public void Append(EncodingDraft other)
    {
        var overflowing = new List<EncodingDraft>();
        foreach (var own in _overflowing)
        {
            overflowing.Add(own.Joined(other));
            overflowing.AddRange(other._overflowing.Select(own.Joined));
        }

        overflowing.AddRange(other._overflowing.Select(Joined));
        _overflowing = overflowing;
        AppendOwn(other, 0, other.Count);
    }

    /// <summary>Keeps <paramref name="length"/> tokens. The rest overflows into encodings of that length.</summary>
    /// <exception cref="ArgumentException">The stride is not below the length.</exception>
    public void Truncate(int length, int stride, Side direction)
    {
        if (length >= Count)
        {
            return;
        }

        if (length > 0 && stride >= length)
        {
            throw new ArgumentException(
                $"A stride of {stride} tokens is too large: it must be below {length}, the length without special tokens.");
        }

        var whole = Part(0, Count);
        whole._overflowing = _overflowing;
        Clear();
        if (length == 0)
        {
            _overflowing.Add(whole);
            return;
        }

        foreach (var (start, end) in Windows(whole.Count, length, length - stride, direction))
        {
            if (Count == 0)
            {
                AppendOwn(whole, start, end);
            }
            else
            {
                _overflowing.Add(whole.Part(start, end));
            }
        }
    }

    /// <summary>Pads to a length, including the overflowing encodings.</summary>
    public void Pad(int length, Padding padding)
    {
        foreach (var overflowing in _overflowing)
        {
            overflowing.Pad(length, padding);
        }

        var missing = length - Count;
        if (missing <= 0)
        {
            return;
        }

        var at = padding.Direction == Side.Left ? 0 : Count;
        _ids.InsertRange(at, Enumerable.Repeat(padding.Id, missing));
        _typeIds.InsertRange(at, Enumerable.Repeat(padding.TypeId, missing));
        _tokens.InsertRange(at, Enumerable.Repeat(padding.Token, missing));
        _offsets.InsertRange(at, Enumerable.Repeat((0, 0), missing));
        _sequences.InsertRange(at, Enumerable.Repeat(-1, missing));
        _specialTokensMask.InsertRange(at, Enumerable.Repeat(1, missing));
        _attentionMask.InsertRange(at, Enumerable.Repeat(0, missing));
    }

    public Encoding ToEncoding() => new()
    {
        Ids = [.. _ids],
        TypeIds = [.. _typeIds],
        Tokens = [.. _tokens],
        Offsets = [.. _offsets],
        Sequences = [.. _sequences],
        SpecialTokensMask = [.. _specialTokensMask],
        AttentionMask = [.. _attentionMask],
        Overflowing = _overflowing.Count == 0 ? [] : [.. _overflowing.Select(o => o.ToEncoding())],
    };

    private static IEnumerable<(int Start, int End)> Windows(int count, int length, int step, Side direction)
    {
        if (direction == Side.Right)
        {
            for (var start = 0; ; start += step)
            {
                yield return (start, Math.Min(start + length, count));
                if (start + length >= count)
                {
                    yield break;
                }
            }
        }

        for (var end = count; ; end -= step)
        {
            yield return (Math.Max(0, end - length), end);
            if (end <= length)
            {
                yield break;
            }
        }
    }

    private EncodingDraft Joined(EncodingDraft other)
    {
        var joined = Part(0, Count);
        joined.AppendOwn(other, 0, other.Count);
        return joined;
    }

    private EncodingDraft Part(int start, int end)
    {
        var part = new EncodingDraft();
        part.AppendOwn(this, start, end);
        return part;
    }

    private void AppendOwn(EncodingDraft other, int start, int end)
    {
        var count = end - start;
        _ids.AddRange(other._ids.Slice(start, count));
        _typeIds.AddRange(other._typeIds.Slice(start, count));
        _tokens.AddRange(other._tokens.Slice(start, count));
        _offsets.AddRange(other._offsets.Slice(start, count));
        _sequences.AddRange(other._sequences.Slice(start, count));
        _specialTokensMask.AddRange(other._specialTokensMask.Slice(start, count));
        _attentionMask.AddRange(other._attentionMask.Slice(start, count));
    }

    private void Clear()
    {
        _ids.Clear();
        _typeIds.Clear();
        _tokens.Clear();
        _offsets.Clear();
        _sequences.Clear();
        _specialTokensMask.Clear();
        _attentionMask.Clear();
        _overflowing = [];
    }

    private void Add(int id, int typeId, string token, (int, int) offsets, int sequence)
    {
        _ids.Add(id);
        _typeIds.Add(typeId);
        _tokens.Add(token);
        _offsets.Add(offsets);
        _sequences.Add(sequence);
        _specialTokensMask.Add(sequence < 0 ? 1 : 0);
        _attentionMask.Add(1);
    }
}
