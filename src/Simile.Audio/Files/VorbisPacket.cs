using NVorbis;

namespace Simile.Audio.Files;

/// <summary>A packet in the form that NVorbis expects.</summary>
internal sealed class VorbisPacket(byte[] bytes) : DataPacket
{
    private int _at;

    /// <inheritdoc/>
    protected override int TotalBits => bytes.Length * 8;

    /// <inheritdoc/>
    public override void Reset()
    {
        _at = 0;
        base.Reset();
    }

    /// <inheritdoc/>
    protected override int ReadNextByte() => _at < bytes.Length ? bytes[_at++] : -1;
}
