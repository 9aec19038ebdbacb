using NVorbis.Contracts;

namespace Simile.Audio.Files;

/// <summary>The packets of an Ogg file for NVorbis: one stream, then the streams chained after it.</summary>
internal sealed class VorbisPackets(OggPackets pages) : IPacketProvider
{
    private readonly Queue<VorbisPacket> _waiting = new();
    private OggPackets.PageOfPackets? _next;
    private bool _isBegun;

    /// <inheritdoc/>
    public bool CanSeek => false;

    /// <inheritdoc/>
    public int StreamSerial => 0;

    /// <summary>Moves on to the next chained stream. False if there is none.</summary>
    public bool NextLink()
    {
        while ((_next ??= pages.Next()) is { Page.IsFirst: false })
        {
            _next = null;
        }

        _waiting.Clear();
        _isBegun = false;
        return _next is not null;
    }

    /// <inheritdoc/>
    public IPacket? GetNextPacket() => Fill() ? _waiting.Dequeue() : null;

    /// <inheritdoc/>
    public IPacket? PeekNextPacket() => Fill() ? _waiting.Peek() : null;

    /// <inheritdoc/>
    public long SeekTo(long granulePos, int preRoll, GetPacketGranuleCount getPacketGranuleCount) => throw new NotSupportedException();

    /// <inheritdoc/>
    public long GetGranuleCount() => throw new NotSupportedException();

    private bool Fill()
    {
        while (_waiting.Count == 0)
        {
            _next ??= pages.Next();
            if (_next is not var (packets, page) || (page.IsFirst && _isBegun))
            {
                return false;
            }

            (_isBegun, _next) = (true, null);
            for (var i = 0; i < packets.Count; i++)
            {
                VorbisBooks.Check(packets[i]);
                var isLast = i == packets.Count - 1;
                _waiting.Enqueue(new VorbisPacket(packets[i])
                {
                    GranulePosition = isLast && page.Granule >= 0 ? page.Granule : null,
                    IsEndOfStream = isLast && page.IsLast,
                });
            }
        }

        return true;
    }
}
