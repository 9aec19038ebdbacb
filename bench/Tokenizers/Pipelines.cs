namespace Tokenizers;

/// <summary>Pipelines around a vocabulary of two files.</summary>
internal static class Pipelines
{
    /// <summary>As RoBERTa uses GPT-2's vocabulary: with a space before the text.</summary>
    public const string Roberta =
        """{"pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": true}, "decoder": {"type": "ByteLevel"}}""";
}
