using System.Text;
using System.Text.Json.Nodes;

namespace Simile.Tokenizers.Tests;

/// <summary>Small tokenizer files made by hand.</summary>
internal static partial class Small
{
    private static readonly string[] WordPieces =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "cat", "sat", "##s", "##ting", "un", "##want", "##ed", "cafe",
        ",", ".", "!", "a", "b", "c", "##a", "##b", "##c", "##bc", "你", "好", "i", "##i", "don", "'", "t", "the##", "x1",
    ];

    /// <summary>tokenizer.json of a lower-casing BERT; members of <paramref name="changes"/> replace its own.</summary>
    public static string BertJson(string changes = "{}")
    {
        var vocab = new JsonObject(WordPieces.Select((piece, id) => KeyValuePair.Create(piece, (JsonNode?)id)));
        var added = new JsonArray([.. WordPieces.Take(5).Select((content, id) => new JsonObject
        {
            ["id"] = id,
            ["content"] = content,
            ["single_word"] = false,
            ["lstrip"] = content == "[MASK]",
            ["rstrip"] = false,
            ["normalized"] = false,
            ["special"] = true,
        })]);
        var root = new JsonObject
        {
            ["version"] = "1.0",
            ["added_tokens"] = added,
            ["normalizer"] = JsonNode.Parse(
                """{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,"strip_accents":null,"lowercase":true}"""),
            ["pre_tokenizer"] = JsonNode.Parse("""{"type":"BertPreTokenizer"}"""),
            ["post_processor"] = JsonNode.Parse("""{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]}"""),
            ["decoder"] = JsonNode.Parse("""{"type":"WordPiece","prefix":"##","cleanup":true}"""),
            ["model"] = new JsonObject
            {
                ["type"] = "WordPiece",
                ["unk_token"] = "[UNK]",
                ["continuing_subword_prefix"] = "##",
                ["max_input_chars_per_word"] = 100,
                ["vocab"] = vocab,
            },
        };
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
        {
            root[name] = value?.DeepClone();
        }

        return root.ToJsonString();
    }

    public static Tokenizer Bert(string changes = "{}") =>
        LoadFile("tokenizer.json", System.Text.Encoding.UTF8.GetBytes(BertJson(changes)));

    /// <summary>A Unigram model: &lt;unk&gt;, &lt;s&gt;, &lt;/s&gt;, then these pieces.</summary>
    public static byte[] UnigramModel(params (string Piece, float Score, int Type)[] pieces) =>
        BareUnigramModel([.. ((string, float, int)[])[("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3)], .. pieces]);

    /// <summary>A Unigram model of these pieces alone.</summary>
    public static byte[] BareUnigramModel(params (string Piece, float Score, int Type)[] pieces)
    {
        using var model = new MemoryStream();
        foreach (var (piece, score, type) in pieces)
        {
            using var message = new MemoryStream();
            WriteField(message, 1, System.Text.Encoding.UTF8.GetBytes(piece));
            message.WriteByte((2 << 3) | 5);
            message.Write(BitConverter.GetBytes(score));
            message.Write([(3 << 3) | 0, (byte)type]);
            WriteField(model, 1, message.ToArray());
        }

        return model.ToArray();
    }

    /// <summary>Loads bytes as a file of that name.</summary>
    public static Tokenizer LoadFile(string name, byte[] content)
    {
        var folder = Directory.CreateTempSubdirectory("simile-tokenizers-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, name), content);
            return Tokenizer.Load(Path.Combine(folder.FullName, name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>
    /// A text of all sorts: letters of the small vocabularies, accents, Chinese, controls, pairs and halves of surrogates.
    /// </summary>
    public static string RandomText(Random random, int length)
    {
        const string Letters = "abcistheunwANTED' .,!?\t\n"
            + "\u0000\u0001éÉİΣßñ你好が가\u0301\u0308\u200d\u3000\u2581\uFFFD½ﬁ\ud83d\ude00\ud800\udc00_[]MASKCLSPU#0123456789";
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            text.Append(random.Next(20) == 0 ? "[MASK]" : Letters[random.Next(Letters.Length)].ToString());
        }

        return text.ToString();
    }

    private static void WriteField(MemoryStream stream, int field, byte[] content)
    {
        stream.WriteByte((byte)((field << 3) | 2));
        var length = content.Length;
        for (; length >= 0x80; length >>= 7)
        {
            stream.WriteByte((byte)(length | 0x80));
        }

        stream.WriteByte((byte)length);
        stream.Write(content);
    }
}
