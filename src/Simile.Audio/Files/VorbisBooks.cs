using System.Numerics;

namespace Simile.Audio.Files;

/// <summary>
/// The codebooks of a Vorbis stream (Vorbis I specification, 3.2.1). A few bytes can claim gigabytes of codebooks, and NVorbis would
/// allocate them. So their sizes are checked first.
/// </summary>
internal ref struct VorbisBooks
{
    // Encoders write a few thousand entries of up to eight dimensions.
    private const int MostEntries = 1 << 18;
    private const int MostNumbers = 1 << 21;
    private const int Sync = 0x564342;
    private const int SetupHeader = 5;
    private const int HeaderBytes = 7;

    private readonly ReadOnlySpan<byte> _packet;
    private long _at;

    private VorbisBooks(ReadOnlySpan<byte> packet)
    {
        _packet = packet;
        _at = HeaderBytes * 8;
    }

    /// <summary>Checks the codebooks if the packet holds them.</summary>
    /// <exception cref="InvalidDataException">The codebooks are damaged or implausibly large.</exception>
    public static void Check(ReadOnlySpan<byte> packet)
    {
        if (packet.Length > HeaderBytes && packet[0] == SetupHeader && packet[1..].StartsWith("vorbis"u8))
        {
            new VorbisBooks(packet).Measure();
        }
    }

    private void Measure()
    {
        var (entries, numbers) = (0L, 0L);
        for (var books = Read(8) + 1; books > 0; books--)
        {
            var (sync, dimensions, count) = (Read(24), Read(16), Read(24));
            entries += count;
            if (sync != Sync || entries > MostEntries)
            {
                throw Damaged();
            }

            SkipLengths((int)count);
            numbers += SkipLookup(count, dimensions);
            if (numbers > MostNumbers)
            {
                throw Damaged();
            }
        }
    }

    private void SkipLengths(int count)
    {
        if (Read(1) == 0)
        {
            var isSparse = Read(1) == 1;
            for (var i = 0; i < count; i++)
            {
                if (!isSparse || Read(1) == 1)
                {
                    Read(5);
                }
            }

            return;
        }

        Read(5);
        for (var i = 0L; i < count;)
        {
            i += Read(32 - BitOperations.LeadingZeroCount((uint)(count - i)));
        }
    }

    // Skips the lookup table of a codebook, and returns the number of values that it decodes to.
    private long SkipLookup(long entries, long dimensions)
    {
        var kind = Read(4);
        if (kind == 0)
        {
            return 0;
        }

        Read(32);
        Read(32);
        var bits = Read(4) + 1;
        Read(1);
        _at += bits * (kind == 1 ? Root(entries, dimensions) : entries * dimensions);
        return entries * dimensions;
    }

    // The largest integer whose power (exponent: dimensions) does not exceed the number of entries.
    private static long Root(long entries, long dimensions)
    {
        var root = dimensions == 0 ? 0 : (long)Math.Pow(entries, 1.0 / dimensions);
        while (dimensions > 0 && Math.Pow(root + 1, dimensions) <= entries)
        {
            root++;
        }

        return root;
    }

    // Least significant bit first.
    private long Read(int count)
    {
        var value = 0L;
        for (var i = 0; i < count; i++, _at++)
        {
            var place = _at >> 3;
            value |= place < _packet.Length ? (long)(_packet[(int)place] >> (int)(_at & 7) & 1) << i : throw Damaged();
        }

        return value;
    }

    private static InvalidDataException Damaged() => new("its Vorbis codebooks are damaged");
}
