namespace Simile.Audio.Files;

/// <summary>A forward-only reader that can look at the next bytes. Does not own the stream.</summary>
internal sealed class PeekStream(Stream stream) : ReadOnlyStream
{
    private byte[] _ahead = [];
    private int _from;
    private int _to;

    /// <summary>Number of bytes read so far.</summary>
    public long Place { get; private set; }

    /// <summary>Bytes up to the end of the file; null if unknown.</summary>
    public long? Rest => stream.CanSeek ? stream.Length - stream.Position + _to - _from : null;

    /// <summary>Whether <see cref="GoTo"/> is supported.</summary>
    public bool CanGoBack => stream.CanSeek;

    /// <summary>The next bytes without consuming them. Fewer than requested only at the end.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_to - _from < count)
        {
            var ahead = new byte[Math.Max(count, _to - _from)];
            _ahead.AsSpan(_from, _to - _from).CopyTo(ahead);
            (_ahead, _to, _from) = (ahead, _to - _from, 0);
            _to += stream.ReadAtLeast(_ahead.AsSpan(_to), count - _to, throwOnEndOfStream: false);
        }

        return _ahead.AsSpan(_from, Math.Min(count, _to - _from));
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _to - _from);
        if (count == 0)
        {
            count = stream.Read(buffer);
        }
        else
        {
            _ahead.AsSpan(_from, count).CopyTo(buffer);
            _from += count;
        }

        Place += count;
        return count;
    }

    /// <summary>Seeks to a position.</summary>
    /// <param name="place">A value of <see cref="Place"/>.</param>
    public void GoTo(long place)
    {
        stream.Position += place - Place - (_to - _from);
        (_from, _to, Place) = (0, 0, place);
    }
}
