namespace Simile.Models;

/// <summary>A model for texts only.</summary>
internal sealed class TextModel(TextEmbedder texts) : MultimodalModel
{
    private static readonly MediaKind[] TextsAlone = [MediaKind.Text];

    /// <inheritdoc/>
    public override string Name => texts.Name;

    /// <inheritdoc/>
    public override int Dimensions => texts.Dimensions;

    /// <inheritdoc/>
    public override IReadOnlyList<MediaKind> Kinds => TextsAlone;

    /// <inheritdoc/>
    public override TextEmbedder Texts => texts;

    /// <inheritdoc/>
    public override string DefaultTemplate(MediaKind kind) => LabelTemplate.Place;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => texts.Dispose();
}
