using Simile.Indexing;
using Simile.Models;

namespace Simile.Cli;

/// <summary>Files of pictures: each has one vector. Some are decoded while others are in the network.</summary>
internal sealed class ImageFiles(JointModel model) : IMediaEmbedder
{
    public string Recipe => "1";

    public IReadOnlyList<EmbeddedFile> Embed(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var vectors = model.EmbedImages(paths, out var refused, cancellationToken);
        var files = new EmbeddedFile[paths.Count];
        foreach (var picture in refused)
        {
            files[picture.Index] = EmbeddedFile.Refused(picture.Reason);
        }

        for (var i = 0; i < files.Length; i++)
        {
            files[i] ??= new EmbeddedFile([new EmbeddedPart(vectors[i].ToArray())], null);
        }

        return files;
    }
}
