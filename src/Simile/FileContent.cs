using Simile.Documents;

namespace Simile;

/// <summary>What files hold.</summary>
public static class FileContent
{
    private const int LargestText = 64 << 20;

    /// <summary>What the name of a file says that it holds: a picture, a sound, or, where it says nothing else, text.</summary>
    public static MediaKind Kind(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return MediaType.Kind(MediaType.Of(path));
    }

    /// <summary>The text of a file, in whatever encoding it is.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">It is no text, or has more than 64 MB.</exception>
    public static string ReadText(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}.", path);
        }

        if (new FileInfo(path).Length > LargestText)
        {
            throw new InvalidDataException($"{path} has more than {LargestText >> 20} MB; split it.");
        }

        var decoded = TextDecoder.Decode(File.ReadAllBytes(path), MediaType.Of(path));
        return decoded.Refusal is null ? decoded.Text : throw new InvalidDataException($"{path}: {decoded.Refusal}");
    }
}
