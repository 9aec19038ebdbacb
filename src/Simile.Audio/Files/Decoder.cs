namespace Simile.Audio.Files;

/// <summary>Calls third-party decoders, which throw many kinds of exceptions for damaged data.</summary>
internal static class Decoder
{
    /// <summary>Runs a decoder and reports its failure as damaged data.</summary>
    /// <exception cref="InvalidDataException">The decoder failed.</exception>
    public static T Run<T>(string coding, Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException
            || e is not (OutOfMemoryException or IOException or UnauthorizedAccessException))
        {
            throw new InvalidDataException($"its {coding} data are damaged", e);
        }
    }
}
