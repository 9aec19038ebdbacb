using System.Text.Json;
using Simile.Tokenizers;

namespace Golden;

internal static partial class TokenizerCase
{
    private static WordPieceOptions ReadWordPiece(JsonElement options)
    {
        var read = new WordPieceOptions();
        foreach (var option in options.EnumerateObject())
        {
            read = option.Name switch
            {
                "clean_text" => read with { CleanText = option.Value.GetBoolean() },
                "handle_chinese_chars" => read with { HandleChineseCharacters = option.Value.GetBoolean() },
                "strip_accents" =>
                    read with { StripAccents = option.Value.ValueKind == JsonValueKind.Null ? null : option.Value.GetBoolean() },
                "lowercase" => read with { Lowercase = option.Value.GetBoolean() },
                "unk_token" => read with { UnknownToken = option.Value.GetString()! },
                "sep_token" => read with { EndToken = option.Value.GetString()! },
                "cls_token" => read with { BeginToken = option.Value.GetString()! },
                "pad_token" => read with { PaddingToken = option.Value.GetString()! },
                "mask_token" => read with { MaskToken = option.Value.GetString()! },
                "wordpieces_prefix" => read with { ContinuationPrefix = option.Value.GetString()! },
                "max_input_chars_per_word" => read with { MaxWordLength = option.Value.GetInt32() },
                var other => throw new InvalidDataException($"case.json has the option {other}, which the test does not read."),
            };
        }

        return read;
    }
}
