namespace Simile.Models.Checkpoints;

/// <summary>Recognizes other formats in files named .pth or .bin, by their first bytes.</summary>
internal static class OtherForms
{
    /// <summary>Number of bytes needed to recognize them.</summary>
    public const int Longest = 265;

    private const int TarMark = 257;

    /// <summary>Refuses a known other format by its name.</summary>
    /// <exception cref="InvalidDataException">The file has such a format.</exception>
    public static void Refuse(ReadOnlySpan<byte> start)
    {
        if (Name(start) is { } name)
        {
            throw new InvalidDataException(name);
        }
    }

    private static string? Name(ReadOnlySpan<byte> start) =>
        start.Length >= TarMark + 5 && start[TarMark..].StartsWith("ustar"u8)
        ? "it is a tar archive, the format of PyTorch before 0.1.10, which is not supported: load it with an old PyTorch and save it again"
        : start.StartsWith("\u001f"u8) && start.Length > 1 && start[1] == 0x8b ? "it is compressed with gzip: unpack it first"
        : start.Length > 3 && start[1..].StartsWith("HDF"u8) && start[0] == 0x89
            ? "it is an HDF5 file (Keras), which is not supported: save the weights as safetensors"
        : start.StartsWith("GGUF"u8) ? "it is a GGUF file, which is not supported: use the model's safetensors files"
        : start.StartsWith("\u0080\u0002"u8) ? null
        : start.Length > 8 && start[8] == '{' && start[..8].IndexOfAnyExcept((byte)0) is >= 0 and < 5
            && start[5..8].IndexOfAnyExcept((byte)0) < 0
            ? "it is a safetensors file: let its name end in .safetensors"
        : StartsLikeText(start) ? "it is a text, perhaps the page of an error that was saved in its place: fetch the file anew"
        : null;

    private static bool StartsLikeText(ReadOnlySpan<byte> start)
    {
        var trimmed = start.TrimStart(" \t\r\n"u8);
        return trimmed.StartsWith("<!"u8) || trimmed.StartsWith("<html"u8) || trimmed.StartsWith("<?xml"u8) || trimmed.StartsWith("{\""u8);
    }
}
