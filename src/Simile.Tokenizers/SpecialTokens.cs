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

    internal static SpecialTokens Find(Tokenizer tokenizer)
    {
        return new SpecialTokens
        {
            Padding = First("[PAD]", "<pad>", "<|padding|>"),
            Begin = First("[CLS]", "<s>", "<bos>", "<|startoftext|>", "<|begin_of_text|>"),
            End = First("[SEP]", "</s>", "<eos>", "<|endoftext|>", "<|end_of_text|>"),
            Unknown = tokenizer.Pipeline.Model.UnknownId is >= 0 and var unknown ? unknown : First("[UNK]", "<unk>"),
            Mask = First("[MASK]", "<mask>"),
        };

        int? First(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (tokenizer.TokenToId(name) is { } id)
                {
                    return id;
                }
            }

            return null;
        }
    }
}
