namespace Simile.Models.Images;

/// <summary>TIFF.</summary>
internal static class TiffDecoder
{
    public static Picture Decode(ReadOnlySpan<byte> file, string name) => throw new InvalidDataException($"{name} is a TIFF file of {file.Length} bytes, which is not read: save it as PNG.");
}
