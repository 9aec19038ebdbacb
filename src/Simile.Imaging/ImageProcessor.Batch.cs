using Simile.Numerics;

namespace Simile.Imaging;

/// <content>Many files at once.</content>
public sealed partial class ImageProcessor
{
    /// <summary>Reads pictures and makes them ready, on all cores: picture i becomes the numbers from i × 3 × height × width on.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="target">Float32 [count, 3, height, width] of the <see cref="FixedSize"/>.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <returns>The pictures that were refused, in their order, and why; their numbers are 0. The rest is done.</returns>
    /// <exception cref="InvalidOperationException">The pictures do not all get the same size.</exception>
    /// <exception cref="ArgumentException">The target has another length.</exception>
    public IReadOnlyList<RefusedImage> ProcessFiles(IReadOnlyList<string> paths, Memory<float> target, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var (width, height) = FixedSize ?? throw new InvalidOperationException("This processor gives each picture a size of its own: process them one by one.");
        var size = 3 * width * height;
        if (target.Length != (long)paths.Count * size)
        {
            throw new ArgumentException($"{paths.Count} pictures become {(long)paths.Count * size} numbers, but there is room for {target.Length}.", nameof(target));
        }

        var refused = new RefusedImage?[paths.Count];
        EachCore.Run(paths.Count, i =>
        {
            var numbers = target.Slice(i * size, size).Span;
            try
            {
                Process(Picture.Load(paths[i]), numbers);
            }
            catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
            {
                numbers.Clear();
                refused[i] = new RefusedImage(i, paths[i], e.Message);
            }
        }, cancellationToken);
        return [.. refused.OfType<RefusedImage>()];
    }
}
