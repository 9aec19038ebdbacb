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

    /// <summary>The text of a file: UTF-8, or UTF-16 with its byte order mark.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
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

        return TextDecoder.TryDecode(File.ReadAllBytes(path), out var text, out var reason) ? text : throw new InvalidDataException($"{path}: {reason}");
    }
}
