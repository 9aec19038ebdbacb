namespace Simile.Audio.Files;

/// <summary>The compression of a WAV file's frames.</summary>
internal enum WavCompression
{
    None,
    Ima,
    Mpeg,
}
