namespace Simile.Audio.Files;

/// <summary>A stream that hides seeking and ignores disposal, for decoders that would do either.</summary>
internal sealed class ForwardStream(Stream stream) : ReadOnlyStream
{
    private long _read;

    /// <inheritdoc/>
    public override long Position { get => _read; set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = stream.Read(buffer);
        _read += count;
        return count;
    }
}
