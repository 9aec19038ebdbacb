namespace Simile.Models.Checkpoints;

/// <summary>Files that are called .pth or .bin and are something else, by how they begin.</summary>
internal static class OtherForms
{
    /// <summary>Bytes that are needed to tell them.</summary>
    public const int Longest = 265;

    private const int TarMark = 257;

    /// <summary>Refuses a form that is known, by its name.</summary>
    /// <exception cref="InvalidDataException">The file is of one.</exception>
    public static void Refuse(ReadOnlySpan<byte> start)
    {
        if (Name(start) is { } name)
        {
            throw new InvalidDataException(name);
        }
    }

    private static string? Name(ReadOnlySpan<byte> start) =>
        start.Length >= TarMark + 5 && start[TarMark..].StartsWith("ustar"u8) ? "it is a tar archive, the form of PyTorch before 0.1.10, which is not read: load it with an old PyTorch and save it anew"
        : start.StartsWith("\u001f"u8) && start.Length > 1 && start[1] == 0x8b ? "it is packed with gzip: unpack it first"
        : start.Length > 3 && start[1..].StartsWith("HDF"u8) && start[0] == 0x89 ? "it is an HDF5 file (Keras), which is not read: save the weights as safetensors"
        : start.StartsWith("GGUF"u8) ? "it is a GGUF file, which is not read: take the model's safetensors files"
        : start.StartsWith("\u0080\u0002"u8) ? null
        : start.Length > 8 && start[8] == '{' && start[..8].IndexOfAnyExcept((byte)0) is >= 0 and < 5 && start[5..8].IndexOfAnyExcept((byte)0) < 0 ? "it is a safetensors file: let its name end in .safetensors"
        : StartsLikeText(start) ? "it is a text, perhaps the page of an error that was saved in its place: fetch the file anew"
        : null;

    private static bool StartsLikeText(ReadOnlySpan<byte> start)
    {
        var trimmed = start.TrimStart(" \t\r\n"u8);
        return trimmed.StartsWith("<!"u8) || trimmed.StartsWith("<html"u8) || trimmed.StartsWith("<?xml"u8) || trimmed.StartsWith("{\""u8);
    }
}
