using System.Buffers.Binary;

namespace Simile.Audio.Files;

/// <summary>
/// IMA ADPCM as WAV files hold it, decoded to 16-bit little-endian frames. A block begins with a sample and a step for each channel; behind them four bits say how far
/// each sample is from the one before, eight samples of a channel after eight of another.
/// </summary>
/// <remarks>IMA Digital Audio Focus and Technical Working Groups, "Recommended Practices for Enhancing Digital Audio Compatibility in Multimedia Systems" (1992).</remarks>
/// <param name="source">The blocks.</param>
/// <param name="channels">Samples in a frame.</param>
/// <param name="blockBytes">Bytes of a block; the last may be shorter.</param>
/// <param name="byteCount">Bytes of all blocks.</param>
internal sealed class ImaAdpcm(Stream source, int channels, int blockBytes, long byteCount) : Stream
{
    private const int GroupSamples = 8;
    private static readonly int[] StepChanges = [-1, -1, -1, -1, 2, 4, 6, 8];
    private static readonly int[] Steps =
    [
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371,
        408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132,
        7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767,
    ];

    private readonly byte[] _block = new byte[blockBytes];
    private readonly byte[] _frames = new byte[2 * channels * FramesOf(blockBytes, channels)];
    private long _left = byteCount;
    private int _from;
    private int _to;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Frames that a block of so many bytes holds.</summary>
    public static int FramesOf(int bytes, int channels) => bytes < 4 * channels ? 0 : 1 + ((bytes / (4 * channels)) - 1) * GroupSamples;

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_from == _to)
        {
            var got = source.ReadAtLeast(_block.AsSpan(0, (int)Math.Min(_left, blockBytes)), (int)Math.Min(_left, blockBytes), throwOnEndOfStream: false);
            (_left, _from, _to) = (got < blockBytes ? 0 : _left - got, 0, 2 * channels * FramesOf(got, channels));
            Decode(_block.AsSpan(0, got));
        }

        var count = Math.Min(buffer.Length, _to - _from);
        _frames.AsSpan(_from, count).CopyTo(buffer);
        _from += count;
        return count;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Decode(ReadOnlySpan<byte> block)
    {
        var frames = FramesOf(block.Length, channels);
        for (var channel = 0; channel < channels && frames > 0; channel++)
        {
            var sample = (int)BinaryPrimitives.ReadInt16LittleEndian(block[(4 * channel)..]);
            var step = Math.Min((int)block[(4 * channel) + 2], Steps.Length - 1);
            Put(0, channel, sample);
            for (var i = 0; i < frames - 1; i++)
            {
                var group = 4 * ((channels * (1 + (i / GroupSamples))) + channel);
                var code = (block[group + (i % GroupSamples / 2)] >> (4 * (i % 2))) & 15;
                (sample, step) = Next(sample, step, code);
                Put(i + 1, channel, sample);
            }
        }
    }

    private static (int Sample, int Step) Next(int sample, int step, int code)
    {
        var size = Steps[step];
        var change = (size >> 3) + ((code & 1) * (size >> 2)) + ((code >> 1 & 1) * (size >> 1)) + ((code >> 2 & 1) * size);
        return (Math.Clamp(code < 8 ? sample + change : sample - change, short.MinValue, short.MaxValue), Math.Clamp(step + StepChanges[code & 7], 0, Steps.Length - 1));
    }

    private void Put(int frame, int channel, int sample) =>
        BinaryPrimitives.WriteInt16LittleEndian(_frames.AsSpan(2 * ((frame * channels) + channel)), (short)sample);
}
