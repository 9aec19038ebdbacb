using System.IO.Compression;
using Simile.Numerics;

/// <summary>The t10k pictures of MNIST.</summary>
internal static class Mnist
{
    public static VectorMatrix Pictures(string folder)
    {
        var bytes = Unzip(Path.Combine(folder, "t10k-images-idx3-ubyte.gz")).AsSpan(16);
        var rows = new VectorMatrix(bytes.Length / 784, 784);
        for (var i = 0; i < bytes.Length; i++)
        {
            rows.AsSpan()[i] = bytes[i] / 255f;
        }

        return rows;
    }

    public static int[] Labels(string folder) =>
        Array.ConvertAll(Unzip(Path.Combine(folder, "t10k-labels-idx1-ubyte.gz"))[8..], b => (int)b);

    /// <summary>
    /// As many pictures as asked for: each of the 10,000, then all of them moved by one pixel to each of eight sides in turn.
    /// </summary>
    public static VectorMatrix Shifted(VectorMatrix pictures, int count)
    {
        var rows = new VectorMatrix(count, 784);
        (int X, int Y)[] moves = [(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, -1)];
        for (var i = 0; i < count; i++)
        {
            var (x, y) = moves[i / pictures.Count];
            var (source, target) = (pictures[i % pictures.Count].ToArray(), rows[i].ToArray());
            for (var at = 0; at < 784; at++)
            {
                var (column, row) = ((at % 28) - x, (at / 28) - y);
                target[at] = column is >= 0 and < 28 && row is >= 0 and < 28 ? source[(row * 28) + column] : 0;
            }

            target.CopyTo(rows[i]);
        }

        return rows;
    }

    private static byte[] Unzip(string path)
    {
        using var zipped = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zipped.CopyTo(bytes);
        return bytes.ToArray();
    }
}
