namespace Simile.Audio.Files;

/// <summary>Blocks of compressed samples, decoded to 16-bit little-endian frames.</summary>
/// <param name="source">The blocks. Not owned.</param>
/// <param name="blockBytes">Bytes per block. The last block may be shorter.</param>
/// <param name="frameBytes">Bytes of the decoded frames of a full block.</param>
/// <param name="byteCount">Total bytes of all blocks.</param>
internal abstract class BlockStream(Stream source, int blockBytes, int frameBytes, long byteCount) : ReadOnlyStream
{
    private readonly byte[] _block = new byte[blockBytes];
    private readonly byte[] _frames = new byte[frameBytes];
    private long _left = byteCount;
    private int _from;
    private int _to;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_from == _to && _left > 0)
        {
            var wanted = (int)Math.Min(_left, blockBytes);
            var got = source.ReadAtLeast(_block.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            (_left, _from, _to) = (got < blockBytes ? 0 : _left - got, 0, Decode(_block.AsSpan(0, got), _frames));
        }

        var count = Math.Min(buffer.Length, _to - _from);
        _frames.AsSpan(_from, count).CopyTo(buffer);
        _from += count;
        return count;
    }

    /// <summary>Decodes a block and returns the number of decoded bytes.</summary>
    protected abstract int Decode(ReadOnlySpan<byte> block, Span<byte> frames);
}
