namespace Simile.Documents;

/// <summary>The result of decoding a text file.</summary>
/// <param name="Text">The text without a byte order mark.</param>
/// <param name="Remark">A remark for people about the decoding; empty if there is none.</param>
internal readonly record struct DecodedText(string Text, string Remark)
{
    /// <summary>The reason why there is no text; null if there is text.</summary>
    public string? Refusal { get; private init; }

    public static DecodedText Refused(string why) => new(string.Empty, string.Empty) { Refusal = why };
}
