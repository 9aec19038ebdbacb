namespace Simile.Audio.Files;

/// <summary>How a WAV file compresses its frames.</summary>
internal enum WavCompression
{
    None,
    Ima,
    Mpeg,
}
