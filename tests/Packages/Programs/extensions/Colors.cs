using Simile.Imaging;
using Simile.Models;
using Simile.Numerics;

namespace Extensions;

/// <summary>A custom multimodal model that embeds only pictures, by their mean color.</summary>
internal sealed class Colors : MultimodalModel
{
    public override string Name => "colors";

    public override int Dimensions => 3;

    public override IReadOnlyList<MediaKind> Kinds => [MediaKind.Image];

    public override TextEmbedder Texts => throw Unknown(MediaKind.Text);

    public override float[] EmbedImage(Picture picture)
    {
        var mean = picture.Resize(1, 1).Pixels;
        return VectorMath.Normalize([mean[0], mean[1], mean[2]]);
    }

    public override MediaVectors EmbedImages(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        var (rows, files, refused) = (new List<float>(), new List<int>(), new List<RefusedFile>());
        for (var i = 0; i < paths.Count; i++)
        {
            try
            {
                rows.AddRange(EmbedImage(Picture.Load(paths[i])));
                files.Add(i);
            }
            catch (InvalidDataException e)
            {
                refused.Add(new RefusedFile(i, paths[i], e.Message));
            }
        }

        return new MediaVectors(new VectorMatrix(rows.ToArray(), Dimensions), files, refused);
    }

    public override string DefaultTemplate(MediaKind kind) => "{}";

    protected override void Dispose(bool disposing)
    {
    }
}
