namespace Simile.Models;

/// <summary>The classifier to add, and its settings.</summary>
public sealed record ClassNameProjectionOptions
{
    /// <summary>
    /// The text model: a name or folder for <see cref="TextEmbedder.Load(string)"/>. Null: the one that the folder already uses, or else
    /// the built-in one.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The classifier: a name, folder or file for <see cref="ImageEmbedder.Load"/> or <see cref="SoundEmbedder.Load"/>.</summary>
    public required string Classifier { get; init; }

    /// <summary>Its media kind: <see cref="MediaKind.Image"/> or <see cref="MediaKind.Sound"/>.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>
    /// The file with its class names in order: one per line, synonyms separated by comma and blank; a CSV with a column display_name; or
    /// JSON, a list or an id2label object. Null: the id2label of the config.json beside the classifier.
    /// </summary>
    public string? Labels { get; init; }

    /// <summary>Sentences with <c>{}</c> in place of the name; empty for "a photo of a {}" or "the sound of {}".</summary>
    public IReadOnlyList<string> Templates { get; init; } = [];

    /// <summary>
    /// The layer with the class scores. Null for <c>logits</c>; in an ONNX file also <c>scores</c>, <c>probabilities</c> or its only
    /// output.
    /// </summary>
    public string? Layer { get; init; }

    /// <summary>How scores become probabilities. Null: from the classifier's files, or else softmax.</summary>
    public ClassScores? Scores { get; init; }

    /// <summary>Throws if the options are invalid.</summary>
    /// <exception cref="ArgumentException">The kind is text, or a template has no placeholder.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Classifier);
        if (Kind is not (MediaKind.Image or MediaKind.Sound))
        {
            throw new ArgumentException(
                $"Class names cannot be projected for a classifier of {Kind}: use a classifier of pictures or sounds.");
        }

        LabelTemplate.Require(Templates);
    }
}
