namespace Simile.Models;

/// <summary>What is joined, and how.</summary>
public sealed record ModelJoinOptions
{
    /// <summary>The model of texts: a name or folder that <see cref="TextEmbedder.Load(string)"/> takes. Null for the one that the folder joins to already, or else the built-in one.</summary>
    public string? Text { get; init; }

    /// <summary>The classifier: a name, folder or file that <see cref="ImageEmbedder.Load"/> or <see cref="SoundEmbedder.Load"/> takes.</summary>
    public required string Classifier { get; init; }

    /// <summary>What it tells apart: <see cref="MediaKind.Image"/> or <see cref="MediaKind.Sound"/>.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>
    /// The file with the names of its classes in its order: one a line, synonyms apart by a comma and a blank; a csv with a column display_name; JSON, a list or
    /// an object of id2label. Null for the id2label of the config.json that lies with the classifier.
    /// </summary>
    public string? Labels { get; init; }

    /// <summary>Sentences with <c>{}</c> where a name goes; none for "a photo of a {}" or "the sound of {}".</summary>
    public IReadOnlyList<string> Templates { get; init; } = [];

    /// <summary>The layer that holds a number for each class; null for <c>logits</c>, and in an ONNX file also <c>scores</c>, <c>probabilities</c> or its only output.</summary>
    public string? Layer { get; init; }

    /// <summary>What these numbers are; null for what the classifier's files say, softmax where they say nothing.</summary>
    public ClassScores? Scores { get; init; }

    /// <summary>Throws where the options make no sense.</summary>
    /// <exception cref="ArgumentException">The kind is text, or a template has no place for the name.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Classifier);
        if (Kind is not (MediaKind.Image or MediaKind.Sound))
        {
            throw new ArgumentException($"A classifier of {Kind} cannot be joined: those of pictures and of sounds can.");
        }

        LabelTemplate.Require(Templates);
    }
}
