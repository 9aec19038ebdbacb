using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>
/// IMA ADPCM in WAV files. A block starts with a sample and a step for each channel. Then four bits per sample give the
/// difference to the previous sample; eight samples of one channel follow eight of another.
/// </summary>
/// <param name="source">The blocks.</param>
/// <param name="channels">Samples per frame.</param>
/// <param name="blockBytes">Bytes per block. The last block may be shorter.</param>
/// <param name="byteCount">Total bytes of all blocks.</param>
internal sealed class ImaAdpcm(Stream source, int channels, int blockBytes, long byteCount)
    : BlockStream(source, blockBytes, 2 * channels * FramesOf(blockBytes, channels), byteCount)
{
    private const int GroupSamples = 8;

    /// <summary>The number of frames in a block of the given size.</summary>
    public static int FramesOf(int bytes, int channels) => bytes < 4 * channels ? 0 : 1 + (((bytes / (4 * channels)) - 1) * GroupSamples);

    /// <inheritdoc/>
    protected override int Decode(ReadOnlySpan<byte> block, Span<byte> frames)
    {
        var count = FramesOf(block.Length, channels);
        for (var channel = 0; channel < channels && count > 0; channel++)
        {
            var sample = (int)BinaryPrimitives.ReadInt16LittleEndian(block[(4 * channel)..]);
            var step = ImaStep.Limit(block[(4 * channel) + 2]);
            Put(frames, 0, channel, sample);
            for (var i = 0; i < count - 1; i++)
            {
                var group = 4 * ((channels * (1 + (i / GroupSamples))) + channel);
                var code = (block[group + (i % GroupSamples / 2)] >> (4 * (i % 2))) & 15;
                (sample, step) = ImaStep.Next(sample, step, code);
                Put(frames, i + 1, channel, sample);
            }
        }

        return 2 * channels * count;
    }

    private void Put(Span<byte> frames, int frame, int channel, int sample) =>
        BinaryPrimitives.WriteInt16LittleEndian(frames[(2 * ((frame * channels) + channel))..], (short)sample);
}
