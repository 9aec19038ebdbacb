namespace Simile.Audio.Files;

/// <summary>The file is sound, but not of a kind that we read: ffmpeg may.</summary>
internal sealed class UnknownCodingException(string message) : Exception(message);
