namespace Simile.Audio.Files;

/// <summary>The packets of one stream of an Ogg file and of the streams chained after it (RFC 3533). Damaged pages are skipped.</summary>
/// <param name="stream">The file. Not owned.</param>
/// <param name="serial">The serial number of the stream.</param>
internal sealed class OggPackets(PeekStream stream, uint serial)
{
    // A packet may span at most as many pages as an hour of sound has.
    private const int MostPacketBytes = 1 << 24;

    private readonly List<byte> _begun = [];
    private uint _serial = serial;
    private bool _isEnded;

    /// <summary>The packets that end on the next page.</summary>
    /// <param name="Packets">The packets in order.</param>
    /// <param name="Page">The page.</param>
    public sealed record PageOfPackets(List<byte[]> Packets, OggPage Page);

    /// <summary>Reads the next page of the stream. Null at the end of the file.</summary>
    /// <exception cref="InvalidDataException">A packet has no end.</exception>
    public PageOfPackets? Next()
    {
        while (FindPage() is { } page)
        {
            var bytes = new byte[page.Bytes];
            stream.ReadExactly(bytes);
            if (!OggPage.IsSound(bytes))
            {
                _begun.Clear();
                continue;
            }

            if (page.IsFirst && _isEnded)
            {
                (_serial, _isEnded) = (page.Serial, false); // a chained stream
            }

            if (page.Serial == _serial)
            {
                _isEnded |= page.IsLast;
                return new PageOfPackets(Split(bytes, page), page);
            }
        }

        return null;
    }

    // Skips to the next page: bytes between pages are damage.
    private OggPage? FindPage()
    {
        while (true)
        {
            var bytes = stream.Peek(OggPage.MostBytes);
            if (OggPage.Parse(bytes) is { } page)
            {
                return page;
            }

            if (bytes.Length < OggPage.FixedBytes)
            {
                return null;
            }

            var next = bytes[1..].IndexOf("OggS"u8);
            var skipped = next >= 0 ? next + 1 : bytes.Length - 3;
            stream.ReadExactly(new byte[skipped]);
        }
    }

    private List<byte[]> Split(byte[] bytes, OggPage page)
    {
        var (packets, at) = (new List<byte[]>(), page.HeaderBytes);
        var isLost = page.IsContinued && _begun.Count == 0; // its beginning stood on a damaged page
        if (!page.IsContinued)
        {
            _begun.Clear();
        }

        for (var segment = OggPage.FixedBytes; segment < page.HeaderBytes; segment++)
        {
            _begun.AddRange(bytes.AsSpan(at, bytes[segment]));
            at += bytes[segment];
            if (_begun.Count > MostPacketBytes)
            {
                throw new InvalidDataException("a packet of it has no end");
            }

            if (bytes[segment] < 255)
            {
                if (!isLost)
                {
                    packets.Add([.. _begun]);
                }

                isLost = false;
                _begun.Clear();
            }
        }

        return packets;
    }
}
