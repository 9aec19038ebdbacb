using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>
/// IMA ADPCM in AIFF-C files ("ima4"). Each packet holds, channel by channel, 34 bytes for 64 samples: nine bits of sample, seven of step,
/// then the codes.
/// </summary>
/// <param name="source">The packets.</param>
/// <param name="channels">Samples per frame.</param>
/// <param name="byteCount">Total bytes of all packets.</param>
internal sealed class QuickTimeIma(Stream source, int channels, long byteCount)
    : BlockStream(source, PacketBytes * channels, 2 * channels * PacketSamples, byteCount)
{
    private const int PacketBytes = 34;
    private const int PacketSamples = 64;

    /// <inheritdoc/>
    protected override int Decode(ReadOnlySpan<byte> block, Span<byte> frames)
    {
        if (block.Length < PacketBytes * channels)
        {
            return 0;
        }

        for (var channel = 0; channel < channels; channel++)
        {
            var packet = block.Slice(PacketBytes * channel, PacketBytes);
            var head = BinaryPrimitives.ReadInt16BigEndian(packet);
            var (sample, step) = (head & ~0x7F, ImaStep.Limit(head & 0x7F));
            for (var i = 0; i < PacketSamples; i++)
            {
                (sample, step) = ImaStep.Next(sample, step, (packet[2 + (i / 2)] >> (4 * (i % 2))) & 15);
                BinaryPrimitives.WriteInt16LittleEndian(frames[(2 * ((i * channels) + channel))..], (short)sample);
            }
        }

        return 2 * channels * PacketSamples;
    }
}
