namespace Simile.Tokenizers;

/// <summary>Ids of special tokens by their role; null where a tokenizer has none under a usual name.</summary>
public sealed record SpecialTokens
{
    /// <summary>Fills batches: [PAD], &lt;pad&gt;.</summary>
    public int? Padding { get; private init; }

    /// <summary>Begins a text: [CLS], &lt;s&gt;, &lt;bos&gt;.</summary>
    public int? Begin { get; private init; }

    /// <summary>Ends a text: [SEP], &lt;/s&gt;, &lt;eos&gt;.</summary>
    public int? End { get; private init; }

    /// <summary>What is not in the vocabulary: [UNK], &lt;unk&gt;.</summary>
    public int? Unknown { get; private init; }

    /// <summary>A word to guess: [MASK], &lt;mask&gt;.</summary>
    public int? Mask { get; private init; }

    // What the file says comes before names, and special tokens come before words that only look like them:
    // MPNet's vocabulary holds [CLS], but a text begins with <s>.
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
