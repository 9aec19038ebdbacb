using System.Buffers;
using System.Runtime.CompilerServices;

namespace Simile.Tokenizers.Text;

/// <summary>A text that normalizers rewrite while every UTF-16 unit keeps the range of the original that it came from.</summary>
/// <remarks>
/// Unit i came from [Starts[i], Ends[i]) of the original. A rewrite reads the units that are there and puts new ones into a
/// second buffer: <see cref="Rewrite"/>, any number of Put, <see cref="Commit"/>. Buffers are kept and reused.
/// Where <see cref="Tracks"/> is false, no origins are kept. There are never lone surrogates in it.
/// </remarks>
internal sealed class AlignedText
{
    private static readonly SearchValues<char> Surrogates = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    private char[] _chars = new char[256];
    private int[] _starts = new int[256];
    private int[] _ends = new int[256];
    private char[] _newChars = new char[256];
    private int[] _newStarts = new int[256];
    private int[] _newEnds = new int[256];
    private int _newLength;
    private int _origin;
    private bool _isBeginning;

    /// <summary>Number of UTF-16 units.</summary>
    public int Length { get; private set; }

    /// <summary>Number of units before any rewrite.</summary>
    public int LoadedLength { get; private set; }

    /// <summary>Number of units that the rewrite at hand has put.</summary>
    public int NewLength => _newLength;

    /// <summary>Whether origins are kept.</summary>
    public bool Tracks { get; private set; }

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Chars => _chars.AsSpan(0, Length);

    /// <summary>Whether unit i came from the beginning of the original text.</summary>
    /// <remarks>Without origins this is exact only for a text that is not rewritten or cut; see <see cref="Pipeline.NeedsOrigins"/>.</remarks>
    public bool IsBeginningAt(int i) => Tracks ? _starts[i] == 0 : i == 0 && _isBeginning;

    /// <summary>Where in the original unit i begins.</summary>
    public int Start(int i) => Tracks ? _starts[i] : 0;

    /// <summary>Where in the original unit i ends.</summary>
    public int End(int i) => Tracks ? _ends[i] : 0;

    /// <summary>Takes a text whose first unit stands at <paramref name="origin"/> of the original; lone surrogates become U+FFFD.</summary>
    public void Load(ReadOnlySpan<char> text, int origin, bool tracks)
    {
        Tracks = tracks;
        _origin = origin;
        _isBeginning = origin == 0;
        Length = LoadedLength = text.Length;
        if (_chars.Length < Length)
        {
            Array.Resize(ref _chars, Math.Max(Length, _chars.Length * 2));
        }

        text.CopyTo(_chars);
        var surrogates = ReplaceLoneSurrogates(_chars.AsSpan(0, Length));
        if (tracks)
        {
            LoadOrigins(origin, surrogates);
        }
    }

    /// <summary>Takes a part of another text with its origins.</summary>
    public void Load(AlignedText text, int start, int end)
    {
        Tracks = text.Tracks;
        _origin = text._origin;
        _isBeginning = text._isBeginning && start == 0;
        Rewrite();
        for (var i = start; i < end; i++)
        {
            EnsureNew(1);
            _newChars[_newLength] = text._chars[i];
            if (Tracks)
            {
                _newStarts[_newLength] = text._starts[i];
                _newEnds[_newLength] = text._ends[i];
            }

            _newLength++;
        }

        Commit();
    }

    /// <summary>Takes a part of a text behind a space, which shares the place of the first character.</summary>
    public void LoadBehindSpace(TextSource text, int start, int end, bool tracks)
    {
        Tracks = tracks;
        Length = end - start + 1;
        if (_chars.Length < Length)
        {
            Array.Resize(ref _chars, Math.Max(Length, _chars.Length * 2));
        }

        _chars[0] = ' ';
        text.Chars[start..end].CopyTo(_chars.AsSpan(1));
        ReplaceLoneSurrogates(_chars.AsSpan(0, Length));
        if (tracks && _starts.Length < _chars.Length)
        {
            _starts = new int[_chars.Length];
            _ends = new int[_chars.Length];
        }

        for (var i = 0; tracks && i < Length; i++)
        {
            var at = start + Math.Max(0, i - 1);
            _starts[i] = text.Start(at);
            _ends[i] = text.End(i > 0 ? at : start + ByteCursor.UnitsAt(text.Chars[..end], start) - 1);
        }
    }

    /// <summary>Where in the original the text ends.</summary>
    public int LastEnd => Tracks && Length > 0 ? _ends[Length - 1] : _origin;

    /// <summary>The code point that begins at unit i, and how many units it takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CodePointAt(int i, out int units)
    {
        int c = _chars[i];
        if (!char.IsHighSurrogate((char)c))
        {
            units = 1;
            return c;
        }

        units = 2;
        return char.ConvertToUtf32((char)c, _chars[i + 1]);
    }

    /// <summary>Begins a rewrite.</summary>
    public void Rewrite() => _newLength = 0;

    /// <summary>Puts a unit that stands for unit <paramref name="source"/>; -1 stands for the place before the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(char c, int source)
    {
        EnsureNew(1);
        _newChars[_newLength] = c;
        if (Tracks)
        {
            _newStarts[_newLength] = source < 0 ? _origin : _starts[source];
            _newEnds[_newLength] = source < 0 ? _origin : _ends[source];
        }

        _newLength++;
    }

    /// <summary>Puts a unit that begins at a place of the original; where it ends, <see cref="CommitChained"/> says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutAt(char c, int start)
    {
        EnsureNew(1);
        _newChars[_newLength] = c;
        if (Tracks)
        {
            _newStarts[_newLength] = start;
        }

        _newLength++;
    }

    /// <summary>Takes back the last units that are <paramref name="c"/>.</summary>
    /// <returns>Where in the original the first of them begins; <paramref name="end"/> when there are none.</returns>
    public int DropTrailing(char c, int end)
    {
        while (_newLength > 0 && _newChars[_newLength - 1] == c)
        {
            _newLength--;
            end = Tracks ? _newStarts[_newLength] : end;
        }

        return end;
    }

    /// <summary>Puts units [start, end) as they are.</summary>
    public void PutRange(int start, int end)
    {
        EnsureNew(end - start);
        Array.Copy(_chars, start, _newChars, _newLength, end - start);
        if (Tracks)
        {
            Array.Copy(_starts, start, _newStarts, _newLength, end - start);
            Array.Copy(_ends, start, _newEnds, _newLength, end - start);
        }

        _newLength += end - start;
    }

    /// <summary>Puts a code point that stands for unit <paramref name="source"/>.</summary>
    public void PutCodePoint(int c, int source)
    {
        if (c <= char.MaxValue)
        {
            Put((char)c, source);
            return;
        }

        Put((char)(0xD800 + ((c - 0x10000) >> 10)), source);
        Put((char)(0xDC00 + ((c - 0x10000) & 0x3FF)), source);
    }

    /// <summary>The rewritten units become the text.</summary>
    public void Commit()
    {
        (_chars, _newChars) = (_newChars, _chars);
        (_starts, _newStarts) = (_newStarts, _starts);
        (_ends, _newEnds) = (_newEnds, _ends);
        Length = _newLength;
        if (Tracks && _starts.Length < _chars.Length)
        {
            Array.Resize(ref _starts, _chars.Length);
            Array.Resize(ref _ends, _chars.Length);
        }
    }

    /// <summary>The rewritten units become the text; each ends where the next begins, the last at <paramref name="end"/>.</summary>
    public void CommitChained(int end)
    {
        Commit();
        for (var i = Length - 1; Tracks && i >= 0; i--)
        {
            _ends[i] = end;
            end = _starts[i];
        }
    }

    /// <summary>Keeps [start, end) only.</summary>
    public void Slice(int start, int end)
    {
        Length = end - start;
        Array.Copy(_chars, start, _chars, 0, Length);
        if (Tracks)
        {
            Array.Copy(_starts, start, _starts, 0, Length);
            Array.Copy(_ends, start, _ends, 0, Length);
        }
    }

    /// <summary>Replaces every half of a surrogate pair that stands alone by U+FFFD.</summary>
    /// <returns>Whether there are surrogates.</returns>
    public static bool ReplaceLoneSurrogates(Span<char> text)
    {
        var i = text.IndexOfAny(Surrogates);
        if (i < 0)
        {
            return false;
        }

        for (; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else
            {
                text[i] = '\uFFFD';
            }
        }

        return true;
    }

    private void LoadOrigins(int origin, bool surrogates)
    {
        if (_starts.Length < _chars.Length)
        {
            _starts = new int[_chars.Length];
            _ends = new int[_chars.Length];
        }

        for (var i = 0; i < Length; i++)
        {
            _starts[i] = origin + i;
            _ends[i] = origin + i + 1;
        }

        for (var i = 0; surrogates && i < Length; i++)
        {
            if (char.IsHighSurrogate(_chars[i]))
            {
                _ends[i]++;
                _starts[i + 1]--;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EnsureNew(int more)
    {
        if (_newLength + more > _newChars.Length || (Tracks && _newLength + more > _newStarts.Length))
        {
            Grow(more);
        }
    }

    private void Grow(int more)
    {
        var size = Math.Max(_newChars.Length, _newLength + Math.Max(_newLength, more));
        Array.Resize(ref _newChars, size);
        if (Tracks)
        {
            Array.Resize(ref _newStarts, size);
            Array.Resize(ref _newEnds, size);
        }
    }
}
