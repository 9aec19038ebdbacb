using System.Text.Encodings.Web;
using System.Text.Json;

namespace Simile.Tokenizers.Training;

/// <summary>Writes a trained vocabulary as a tokenizer.json.</summary>
internal static class TokenizerWriter
{
    /// <summary>Longer words become [UNK] in WordPiece, counted in UTF-16 units here.</summary>
    public const int LongestWordPieceWord = 100;

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private delegate void WriteModel(Utf8JsonWriter writer);

    /// <summary>The normalizer and the pre-tokenizer only, which split texts into words.</summary>
    public static byte[] Front(TrainingOptions options)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            WriteFront(writer, options);
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>Writes a BPE or WordPiece tokenizer.</summary>
    public static void Write(
        Stream file, TrainingOptions options, IReadOnlyList<string> tokens, IReadOnlyList<(int Left, int Right)> merges) =>
        Write(file, options, tokens, writer =>
        {
            WritePairModel(writer, options, tokens);
            if (options.Kind == TokenizerKind.Bpe)
            {
                writer.WriteStartArray("merges");
                foreach (var (left, right) in merges)
                {
                    writer.WriteStringValue($"{tokens[left]} {tokens[right]}");
                }

                writer.WriteEndArray();
            }
        });

    /// <summary>Writes a Unigram tokenizer.</summary>
    public static void Write(Stream file, TrainingOptions options, IReadOnlyList<ScoredText> pieces) =>
        Write(file, options, [.. pieces.Select(piece => piece.Text)], writer =>
        {
            writer.WriteString("type", "Unigram");
            writer.WriteNumber("unk_id", Array.IndexOf(options.AllSpecialTokens(), options.Unknown));
            writer.WriteStartArray("vocab");
            foreach (var piece in pieces)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(piece.Text);
                writer.WriteNumberValue(piece.Score);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteBoolean("byte_fallback", false);
        });

    private static void Write(Stream file, TrainingOptions options, IReadOnlyList<string> tokens, WriteModel model)
    {
        using var writer = new Utf8JsonWriter(file, Readable);
        writer.WriteStartObject();
        writer.WriteString("version", "1.0");
        writer.WriteNull("truncation");
        writer.WriteNull("padding");
        WriteAddedTokens(writer, options.AllSpecialTokens());
        WriteFront(writer, options);
        WritePostProcessor(writer, options.Kind, options.AllSpecialTokens());
        writer.WritePropertyName("decoder");
        writer.WriteRawValue(options.Kind switch
        {
            TokenizerKind.Bpe => """{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}""",
            TokenizerKind.WordPiece => """{"type":"WordPiece","prefix":"##","cleanup":true}""",
            _ => """{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}""",
        });
        writer.WriteStartObject("model");
        model(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteFront(Utf8JsonWriter writer, TrainingOptions options)
    {
        writer.WritePropertyName("normalizer");
        writer.WriteRawValue((options.Kind, options.Lowercase) switch
        {
            (TokenizerKind.Bpe, false) => "null",
            (TokenizerKind.Bpe, true) => """{"type":"Lowercase"}""",
            (TokenizerKind.WordPiece, true) =>
                """{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true}""",
            (TokenizerKind.WordPiece, false) =>
                """{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":false,"lowercase":false}""",
            (_, false) => """{"type":"NFKC"}""",
            (_, true) => """{"type":"Sequence","normalizers":[{"type":"NFKC"},{"type":"Lowercase"}]}""",
        });
        writer.WritePropertyName("pre_tokenizer");
        writer.WriteRawValue(options.Kind switch
        {
            TokenizerKind.Bpe => """{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}""",
            TokenizerKind.WordPiece => """{"type":"BertPreTokenizer"}""",
            _ =>
                """{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"}"""
                + """,{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true}]}""",
        });
    }

    private static void WriteAddedTokens(Utf8JsonWriter writer, string[] specials)
    {
        writer.WriteStartArray("added_tokens");
        for (var id = 0; id < specials.Length; id++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", id);
            writer.WriteString("content", specials[id]);
            writer.WriteBoolean("single_word", false);
            // As in BERT and XLM-R, the space before a mask belongs to it.
            writer.WriteBoolean("lstrip", specials[id] is "<mask>");
            writer.WriteBoolean("rstrip", false);
            writer.WriteBoolean("normalized", false);
            writer.WriteBoolean("special", true);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // [CLS] and [SEP], or <s> and </s>, are added around a text if both are special tokens.
    private static void WritePostProcessor(Utf8JsonWriter writer, TokenizerKind kind, string[] specials)
    {
        writer.WritePropertyName("post_processor");
        var (begin, end) = kind == TokenizerKind.WordPiece ? ("[CLS]", "[SEP]") : ("<s>", "</s>");
        var (beginId, endId) = (Array.IndexOf(specials, begin), Array.IndexOf(specials, end));
        writer.WriteRawValue(kind switch
        {
            TokenizerKind.Bpe => """{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":false,"use_regex":true}""",
            _ when beginId < 0 || endId < 0 => "null",
            TokenizerKind.WordPiece => $$"""{"type":"BertProcessing","sep":["[SEP]",{{endId}}],"cls":["[CLS]",{{beginId}}]}""",
            _ => $$"""{"type":"RobertaProcessing","sep":["</s>",{{endId}}],"cls":["<s>",{{beginId}}]"""
                + ""","trim_offsets":false,"add_prefix_space":false}""",
        });
    }

    private static void WritePairModel(Utf8JsonWriter writer, TrainingOptions options, IReadOnlyList<string> tokens)
    {
        if (options.Kind == TokenizerKind.Bpe)
        {
            writer.WriteString("type", "BPE");
            writer.WriteNull("dropout");
            writer.WriteNull("unk_token");
            writer.WriteNull("continuing_subword_prefix");
            writer.WriteNull("end_of_word_suffix");
            writer.WriteBoolean("fuse_unk", false);
            writer.WriteBoolean("byte_fallback", false);
            writer.WriteBoolean("ignore_merges", false);
        }
        else
        {
            writer.WriteString("type", "WordPiece");
            writer.WriteString("unk_token", options.Unknown);
            writer.WriteString("continuing_subword_prefix", "##");
            writer.WriteNumber("max_input_chars_per_word", LongestWordPieceWord);
        }

        writer.WriteStartObject("vocab");
        for (var id = 0; id < tokens.Count; id++)
        {
            writer.WriteNumber(tokens[id], id);
        }

        writer.WriteEndObject();
    }
}
