using Simile.Documents;

namespace Simile;

/// <summary>What files hold.</summary>
public static class FileKind
{
    /// <summary>What the name of a file says that it holds: a picture, a sound, or, where it says nothing else, text.</summary>
    public static ItemKind Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return MediaType.Kind(MediaType.Of(path));
    }
}
