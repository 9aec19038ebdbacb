using Simile.Audio;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>A model for sounds only.</summary>
internal sealed class SoundModel(SoundEmbedder embedder) : MultimodalModel
{
    /// <summary>The network with its extractor.</summary>
    public SoundEmbedder Sounds => embedder;

    /// <inheritdoc/>
    public override string Name => embedder.Name;

    /// <inheritdoc/>
    public override int Dimensions => embedder.Dimensions;

    /// <inheritdoc/>
    public override IReadOnlyList<MediaKind> Kinds => [MediaKind.Sound];

    /// <inheritdoc/>
    public override TextEmbedder Texts => throw Unknown(MediaKind.Text);

    /// <inheritdoc/>
    public override VectorMatrix EmbedSounds(IReadOnlyList<Waveform> sounds, CancellationToken cancellationToken = default) =>
        embedder.Embed(sounds, cancellationToken);

    /// <inheritdoc/>
    public override string DefaultTemplate(MediaKind kind) => LabelTemplate.Place;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => embedder.Dispose();
}
