namespace Simile.Audio.Files;

/// <summary>The sound is in a format that we do not read. ffmpeg may read it.</summary>
internal sealed class UnknownCodingException(string message) : Exception(message);
