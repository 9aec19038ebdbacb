namespace Simile.Audio.Files;

/// <summary>The packets of an Ogg stream as one byte stream.</summary>
internal sealed class OggPacketStream(OggPackets packets) : ReadOnlyStream
{
    private readonly Queue<byte[]> _waiting = new();
    private int _at;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (_waiting.Count == 0)
        {
            if (packets.Next() is not { } page)
            {
                return 0;
            }

            page.Packets.ForEach(_waiting.Enqueue);
        }

        var packet = _waiting.Peek();
        var count = Math.Min(buffer.Length, packet.Length - _at);
        packet.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        if (_at == packet.Length)
        {
            _waiting.Dequeue();
            _at = 0;
        }

        return count == 0 && buffer.Length > 0 ? Read(buffer) : count; // a packet may be empty
    }
}
