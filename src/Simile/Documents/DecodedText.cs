namespace Simile.Documents;

/// <summary>What became of the bytes of a text.</summary>
/// <param name="Text">The text without byte order mark.</param>
/// <param name="Remark">What a person should know of its reading; empty where all is as usual.</param>
internal readonly record struct DecodedText(string Text, string Remark)
{
    /// <summary>Why there is no text; null where there is.</summary>
    public string? Refusal { get; private init; }

    public static DecodedText Refused(string why) => new(string.Empty, string.Empty) { Refusal = why };
}
