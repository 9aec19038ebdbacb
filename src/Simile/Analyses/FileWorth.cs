using Simile.Imaging;

namespace Simile.Analyses;

/// <summary>How much a file is worth to be kept among its duplicates; one that cannot be read is worth nothing.</summary>
internal static class FileWorth
{
    public static double Of(AnalyzedItem item, KeepPolicy keep)
    {
        var file = new FileInfo(item.Path!);
        if (!file.Exists)
        {
            return double.MinValue;
        }

        return keep switch
        {
            KeepPolicy.Oldest => -file.LastWriteTimeUtc.Ticks,
            KeepPolicy.Resolution when item.Kind == MediaKind.Image => Pixels(item.Path!),
            _ => file.Length,
        };
    }

    private static double Pixels(string path)
    {
        try
        {
            var picture = Picture.Load(path);
            return (double)picture.Width * picture.Height;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            return double.MinValue;
        }
    }
}
