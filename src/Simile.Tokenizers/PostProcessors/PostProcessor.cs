namespace Simile.Tokenizers.PostProcessors;

/// <summary>A part of a template: one of the texts, or special tokens.</summary>
/// <param name="Text">0 for the first text, 1 for the second, -1 for special tokens.</param>
/// <param name="TypeId">The type id of all its tokens.</param>
/// <param name="Ids">Ids of the special tokens.</param>
/// <param name="Tokens">The special tokens.</param>
internal sealed record TemplatePart(int Text, int TypeId, int[] Ids, string[] Tokens)
{
    /// <summary>One of the texts.</summary>
    public static TemplatePart Sequence(int text, int typeId) => new(text, typeId, [], []);

    /// <summary>One special token.</summary>
    public static TemplatePart Special(string token, int id, int typeId) => new(-1, typeId, [id], [token]);
}

/// <summary>
/// Adds special tokens around a text or a pair. TemplateProcessing, BertProcessing and RobertaProcessing are all templates.
/// </summary>
/// <param name="Single">The template of a single text.</param>
/// <param name="Pair">The template of a pair.</param>
internal sealed record PostProcessor(TemplatePart[] Single, TemplatePart[] Pair)
{
    /// <summary>
    /// Passes that remove white space from the offsets of byte-level tokens, after truncation. True: the space at the start was added.
    /// </summary>
    public bool[] Trims { get; init; } = [];

    /// <summary>Whether overflowing encodings get the template's type ids too: RobertaProcessing.</summary>
    public bool TypesOverflow { get; init; }

    /// <summary>Adds nothing.</summary>
    public static PostProcessor None { get; } = new(
        [TemplatePart.Sequence(0, 0)],
        [TemplatePart.Sequence(0, 0), TemplatePart.Sequence(1, 1)]);

    /// <summary>Number of special tokens around a text or a pair.</summary>
    public int AddedTokens(bool pair) => (pair ? Pair : Single).Sum(part => part.Ids.Length);
}
