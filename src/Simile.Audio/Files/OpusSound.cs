using Concentus;

namespace Simile.Audio.Files;

/// <summary>Ogg Opus, decoded by Concentus at 48,000 samples per second, the rate of all Opus positions.</summary>
internal sealed class OpusSound : ChannelReader
{
    private const int OpusRate = 48_000;
    private const int MostFrames = 5_760; // 120 ms, the longest packet

    private readonly OggPackets _packets;
    private readonly Queue<byte[]> _waiting = new();
    private OpusHead _head;
    private IOpusMultiStreamDecoder _decoder;
    private float[] _block;
    private bool _hasTags;
    private long _skip;
    private long? _start;
    private long _decoded;
    private long? _end;

    private OpusSound(OggPackets packets, OpusHead head)
        : base(OpusRate)
    {
        _packets = packets;
        Begin(head);
    }

    /// <summary>Reads the header.</summary>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static OpusSound Open(PeekStream stream, uint serial)
    {
        var packets = new OggPackets(stream, serial);
        return packets.Next() is { Packets: [var first, ..] } && OpusHead.Read(first) is { } head ? new OpusSound(packets, head)
            : throw new InvalidDataException("its Opus header is damaged");
    }

    /// <inheritdoc/>
    protected override (ReadOnlyMemory<float> Frames, int Channels)? Decode()
    {
        while (_waiting.Count == 0)
        {
            if (_packets.Next() is not { } page)
            {
                return null;
            }

            Take(page);
        }

        return (DecodeOne(_waiting.Dequeue()), _head.Channels);
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_head), nameof(_decoder), nameof(_block))]
    private void Begin(OpusHead head)
    {
        (_head, _hasTags, _skip, _start, _decoded, _end) = (head, false, head.PreSkip, null, 0, null);
        _decoder = head.CreateDecoder(OpusRate);
        _block = new float[MostFrames * head.Channels];
    }

    // A page gives the number of samples up to its end. The first sample of the file may not be the first of the recording,
    // and the last page may end before its last packet does.
    private void Take(OggPackets.PageOfPackets page)
    {
        foreach (var packet in page.Packets)
        {
            if (OpusHead.Read(packet) is { } head)
            {
                Begin(head);
            }
            else if (!_hasTags)
            {
                _hasTags = true;
            }
            else if (packet.Length > 0)
            {
                _waiting.Enqueue(packet);
            }
        }

        if (_waiting.Count > 0 && page.Page.Granule >= 0)
        {
            var length = _waiting.Sum(Frames);
            _start ??= page.Page.IsLast ? 0 : Math.Max(0, page.Page.Granule - length);
            _end = page.Page.IsLast ? page.Page.Granule - _start : null;
        }
    }

    private static long Frames(byte[] packet) =>
        Decoder.Run("Opus", () => Concentus.Structs.OpusPacketInfo.GetNumSamples(packet, OpusRate));

    private ReadOnlyMemory<float> DecodeOne(byte[] packet)
    {
        var count = Decoder.Run("Opus", () => _decoder.DecodeMultistream(packet, _block, MostFrames, false));
        var taken = (int)Math.Clamp((_end ?? long.MaxValue) - _decoded, 0, count);
        var skipped = (int)Math.Min(_skip, taken);
        (_decoded, _skip) = (_decoded + count, _skip - skipped);
        var frames = _block.AsMemory(skipped * _head.Channels, (taken - skipped) * _head.Channels);
        if (_head.Gain != 1)
        {
            foreach (ref var sample in frames.Span)
            {
                sample *= _head.Gain;
            }
        }

        return frames;
    }
}
