namespace Simile.Tokenizers;

/// <summary>Ids of special tokens by their role. Null if a tokenizer has no token with a usual name for it.</summary>
public sealed record SpecialTokens
{
    /// <summary>Padding: [PAD], &lt;pad&gt;.</summary>
    public int? Padding { get; private init; }

    /// <summary>Start of a text: [CLS], &lt;s&gt;, &lt;bos&gt;.</summary>
    public int? Begin { get; private init; }

    /// <summary>End of a text: [SEP], &lt;/s&gt;, &lt;eos&gt;.</summary>
    public int? End { get; private init; }

    /// <summary>Unknown token: [UNK], &lt;unk&gt;.</summary>
    public int? Unknown { get; private init; }

    /// <summary>Masked word: [MASK], &lt;mask&gt;.</summary>
    public int? Mask { get; private init; }

    // The file's settings precede names, and special tokens precede ordinary ones with such a name:
    // MPNet's vocabulary contains [CLS], but its texts start with <s>.
    internal static SpecialTokens Find(Tokenizer tokenizer)
    {
        var pipeline = tokenizer.Pipeline;
        var template = pipeline.PostProcessor.Single;
        var text = Array.FindIndex(template, part => part.Text == 0);
        return new SpecialTokens
        {
            Padding = pipeline.Padding?.Id ?? First("[PAD]", "<pad>", "<|padding|>"),
            Begin = template.Take(Math.Max(text, 0)).SelectMany(part => part.Ids).Cast<int?>().FirstOrDefault()
                ?? First("[CLS]", "<s>", "<bos>", "<|startoftext|>", "<|begin_of_text|>"),
            End = template.Skip(text + 1).SelectMany(part => part.Ids).Cast<int?>().LastOrDefault()
                ?? First("[SEP]", "</s>", "<eos>", "<|endoftext|>", "<|end_of_text|>"),
            Unknown = pipeline.Model.UnknownId is >= 0 and var unknown ? unknown : First("[UNK]", "<unk>"),
            Mask = First("[MASK]", "<mask>"),
        };

        int? First(params string[] names)
        {
            var added = pipeline.Added.Tokens.FirstOrDefault(token => token.Special && names.Contains(token.Content));
            return added?.Id ?? names.Select(tokenizer.TokenToId).FirstOrDefault(id => id is not null);
        }
    }
}
