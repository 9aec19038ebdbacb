namespace Simile.Tables;

/// <summary>
/// Reads the lines of a file as bytes, one by one, in a buffer as large as the longest line. A UTF-8 byte order mark, and \r before \n, are
/// removed.
/// </summary>
internal sealed class ByteLines(Stream stream)
{
    private const int BlockSize = 1 << 16;

    private byte[] _buffer = new byte[BlockSize];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The number of the last line that was read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line; it is valid until the next call.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool Read(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var end = rest[searched..].IndexOf((byte)'\n');
            if (end >= 0 || _isAtEnd)
            {
                var length = end >= 0 ? searched + end : rest.Length;
                line = Trim(rest[..length]);
                _start += end >= 0 ? length + 1 : length;
                Number++;
                return end >= 0 || length > 0;
            }

            searched = rest.Length;
            Fill();
        }
    }

    private ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> line)
    {
        line = Number == 0 && line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        return line is [.., (byte)'\r'] ? line[..^1] : line;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, Array.MaxLength));
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _isAtEnd = read == 0;
    }
}
