namespace Simile.Plotting.Drawing;

/// <summary>Detects the format of a picture file.</summary>
internal static class EncodedPicture
{
    /// <summary>The media type of a picture that every browser shows; null for anything else.</summary>
    public static string? MediaType(ReadOnlySpan<byte> file) => file switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        _ => null,
    };
}
