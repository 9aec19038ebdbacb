using Simile.Imaging;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>A model for pictures only.</summary>
internal sealed class ImageModel(ImageEmbedder images) : MultimodalModel
{
    /// <summary>The network with its processor.</summary>
    public ImageEmbedder Images => images;

    /// <inheritdoc/>
    public override string? PicturePreparation => images.Preparation;

    /// <inheritdoc/>
    public override string Name => images.Name;

    /// <inheritdoc/>
    public override int Dimensions => images.Dimensions;

    /// <inheritdoc/>
    public override IReadOnlyList<MediaKind> Kinds => [MediaKind.Image];

    /// <inheritdoc/>
    public override TextEmbedder Texts => throw Unknown(MediaKind.Text);

    /// <inheritdoc/>
    public override MediaVectors EmbedImages(IReadOnlyList<string> paths, CancellationToken cancellationToken = default) =>
        images.Embed(paths, cancellationToken);

    /// <inheritdoc/>
    public override float[] EmbedImage(Picture picture) => images.Embed(picture);

    /// <inheritdoc/>
    public override string DefaultTemplate(MediaKind kind) => LabelTemplate.Place;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => images.Dispose();
}
