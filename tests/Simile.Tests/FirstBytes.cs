using Simile.Embedding;

namespace Simile.Testing;

/// <summary>
/// Takes a file that begins with "ok" for a picture or sound: each of its next bytes is a part, whose vector has a 1 at that place. It
/// counts what it embeds.
/// </summary>
internal sealed class FirstBytes(int dimensions = 64)
{
    public List<string> Embedded { get; } = [];

    public Action<int>? BeforeCall { get; set; }

    public Action<int>? AfterCall { get; set; }

    public string Recipe { get; init; } = "bytes";

    public IReadOnlyList<EmbeddedFile> Embed(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        BeforeCall?.Invoke(paths.Count);
        cancellationToken.ThrowIfCancellationRequested();
        Embedded.AddRange(paths.Select(path => Path.GetFileName(path)));
        IReadOnlyList<EmbeddedFile> files = [.. paths.Select(path => Embed(File.ReadAllBytes(path)))];
        AfterCall?.Invoke(paths.Count);
        return files;
    }

    public float[] Vector(int place)
    {
        var vector = new float[dimensions];
        vector[place] = 1;
        return vector;
    }

    private EmbeddedFile Embed(byte[] file) => file is [(byte)'o', (byte)'k', .. var parts]
        ? new EmbeddedFile(
            [.. parts.Select(
                (place, i) => new EmbeddedPart(Vector(place), TimeSpan.FromSeconds(10 * i), TimeSpan.FromSeconds(10 * (i + 1))))],
            null)
        : EmbeddedFile.Refused("it is broken");
}
