namespace Simile.Audio.Files;

/// <summary>Decoders that others wrote, which fail on damaged data in their own ways.</summary>
internal static class Decoder
{
    /// <summary>Runs a decoder; its failures say that the data are damaged.</summary>
    /// <exception cref="InvalidDataException">The decoder failed.</exception>
    public static T Run<T>(string coding, Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException || e is not (OutOfMemoryException or IOException or UnauthorizedAccessException))
        {
            throw new InvalidDataException($"its {coding} data are damaged", e);
        }
    }
}
