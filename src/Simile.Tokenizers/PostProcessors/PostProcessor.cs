namespace Simile.Tokenizers.PostProcessors;

/// <summary>A place in a template: one of the texts, or special tokens.</summary>
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

/// <summary>Puts special tokens around a text or a pair: TemplateProcessing, BertProcessing and RobertaProcessing are all templates.</summary>
/// <param name="Single">How a text stands.</param>
/// <param name="Pair">How a pair stands.</param>
internal sealed record PostProcessor(TemplatePart[] Single, TemplatePart[] Pair)
{
    /// <summary>Passes that leave white space out of the offsets of byte-level tokens, after truncation; true: one space at the beginning was put there.</summary>
    public bool[] Trims { get; init; } = [];

    /// <summary>Whether what overflowed has the type ids of the template too: RobertaProcessing.</summary>
    public bool TypesOverflow { get; init; }

    /// <summary>Nothing is added.</summary>
    public static PostProcessor None { get; } = new(
        [TemplatePart.Sequence(0, 0)],
        [TemplatePart.Sequence(0, 0), TemplatePart.Sequence(1, 1)]);

    /// <summary>Number of special tokens around a text or a pair.</summary>
    public int AddedTokens(bool pair) => (pair ? Pair : Single).Sum(part => part.Ids.Length);
}
