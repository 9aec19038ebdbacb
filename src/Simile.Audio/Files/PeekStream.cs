namespace Simile.Audio.Files;

/// <summary>Reads a stream forwards and can look at the bytes that come next. Does not own the stream.</summary>
internal sealed class PeekStream(Stream stream) : ReadOnlyStream
{
    private byte[] _ahead = [];
    private int _from;
    private int _to;

    /// <summary>How many bytes were read.</summary>
    public long Place { get; private set; }

    /// <summary>Bytes up to the end of the file; null where only reading them would tell.</summary>
    public long? Rest => stream.CanSeek ? stream.Length - stream.Position + _to - _from : null;

    /// <summary>Whether <see cref="GoTo"/> works.</summary>
    public bool CanGoBack => stream.CanSeek;

    /// <summary>The next bytes, which stay unread: fewer than asked for at the end alone.</summary>
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

    /// <summary>Goes to a place that was read before, or further on.</summary>
    /// <param name="place">A value of <see cref="Place"/>.</param>
    public void GoTo(long place)
    {
        stream.Position += place - Place - (_to - _from);
        (_from, _to, Place) = (0, 0, place);
    }
}
