using System.Buffers;
using System.Runtime.CompilerServices;

namespace Simile.Tokenizers.Text;

/// <summary>A text that normalizers rewrite. Every UTF-16 unit keeps the range of the original text that it came from.</summary>
/// <remarks>
/// Unit i came from [Starts[i], Ends[i]) of the original. A rewrite reads the current units and writes new ones to a
/// second buffer: <see cref="Rewrite"/>, any number of Put calls, <see cref="Commit"/>. Buffers are reused.
/// If <see cref="Tracks"/> is false, no origins are kept. The text never contains unpaired surrogates.
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

    /// <summary>Number of units of the original text.</summary>
    public int LoadedLength { get; private set; }

    /// <summary>Number of units written by the current rewrite.</summary>
    public int NewLength => _newLength;

    /// <summary>Whether origins are kept.</summary>
    public bool Tracks { get; private set; }

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Chars => _chars.AsSpan(0, Length);

    /// <summary>Whether unit i came from the start of the original text.</summary>
    /// <remarks>
    /// Without origins this is exact only if the text was neither rewritten nor cut. See <see cref="Pipeline.NeedsOrigins"/>.
    /// </remarks>
    public bool IsBeginningAt(int i) => Tracks ? _starts[i] == 0 : i == 0 && _isBeginning;

    /// <summary>Start of unit i in the original.</summary>
    public int Start(int i) => Tracks ? _starts[i] : 0;

    /// <summary>End of unit i in the original.</summary>
    public int End(int i) => Tracks ? _ends[i] : 0;

    /// <summary>Loads a text whose first unit is at <paramref name="origin"/> of the original. Unpaired surrogates become U+FFFD.</summary>
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

    /// <summary>Loads a part of another text with its origins.</summary>
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

    /// <summary>Loads a part of a text after an added space, which shares the position of the first character.</summary>
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

    /// <summary>End of the text in the original.</summary>
    public int LastEnd => Tracks && Length > 0 ? _ends[Length - 1] : _origin;

    /// <summary>The code point at unit i and its number of units.</summary>
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

    /// <summary>Starts a rewrite.</summary>
    public void Rewrite() => _newLength = 0;

    /// <summary>Writes a unit with the origin of unit <paramref name="source"/>; -1 means the position before the text.</summary>
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

    /// <summary>Writes a unit with the given start in the original. <see cref="CommitChained"/> sets its end.</summary>
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

    /// <summary>Removes the last units that equal <paramref name="c"/>.</summary>
    /// <returns>The start of the first removed unit in the original; <paramref name="end"/> if there are none.</returns>
    public int DropTrailing(char c, int end)
    {
        while (_newLength > 0 && _newChars[_newLength - 1] == c)
        {
            _newLength--;
            end = Tracks ? _newStarts[_newLength] : end;
        }

        return end;
    }

    /// <summary>Copies units [start, end) unchanged.</summary>
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

    /// <summary>Writes a code point with the origin of unit <paramref name="source"/>.</summary>
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

    /// <summary>Makes the rewritten units the text.</summary>
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

    /// <summary>Makes the rewritten units the text. Each unit ends where the next one starts, the last at <paramref name="end"/>.</summary>
    public void CommitChained(int end)
    {
        Commit();
        for (var i = Length - 1; Tracks && i >= 0; i--)
        {
            _ends[i] = end;
            end = _starts[i];
        }
    }

    /// <summary>Keeps only [start, end).</summary>
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

    /// <summary>Replaces every unpaired surrogate by U+FFFD.</summary>
    /// <returns>Whether there are any surrogates.</returns>
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
