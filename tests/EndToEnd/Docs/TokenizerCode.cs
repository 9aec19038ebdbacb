using System.Text;
using Simile.Testing;
using Simile.Tokenizers;
using Encoding = Simile.Tokenizers.Encoding;

namespace EndToEnd.Docs;

/// <summary>The C# code of docs/tokenizers.md, compiled and run.</summary>
public class TokenizerCode
{
    [Fact]
    public void Text_to_tokens_and_back()
    {
        var folder = Assets.Require("models/all-MiniLM-L6-v2");

        var tokenizer = Tokenizer.Load(folder);                       // a model folder, or one of the files below
        Encoding encoding = tokenizer.Encode("A flightless bird");

        int[] ids = encoding.Ids;                                     // [101, 1037, 3462, 3238, 4743, 102]
        string[] tokens = encoding.Tokens;                            // [CLS] a flight ##less bird [SEP]
        (int start, int end) = encoding.Offsets[3];                   // (8, 12): "less", in UTF-16 units of the text
        string text = tokenizer.Decode(ids);                          // "a flightless bird"

        Assert.Equal([101, 1037, 3462, 3238, 4743, 102], ids);
        Assert.Equal(["[CLS]", "a", "flight", "##less", "bird", "[SEP]"], tokens);
        Assert.Equal((8, 12), (start, end));
        Assert.Equal("a flightless bird", text);
    }

    [Fact]
    public void Special_tokens_in_a_text()
    {
        var tokenizer = Tokenizer.Load(Assets.Require("models/all-MiniLM-L6-v2"));

        var asText = tokenizer.With(SpecialTokenPolicy.AsText);       // tiktoken's encode_ordinary
        var refusing = tokenizer.With(SpecialTokenPolicy.RefuseAll);  // throws an ArgumentException that names the token
        var some = tokenizer.With(SpecialTokenPolicy.RefuseAll with { Allowed = ["[MASK]"] });

        Assert.Contains(103, tokenizer.Encode("[MASK]").Ids);
        Assert.DoesNotContain(103, asText.Encode("[MASK]").Ids);
        Assert.Contains("[MASK]", Assert.Throws<ArgumentException>(() => refusing.Encode("a [MASK]")).Message, StringComparison.Ordinal);
        Assert.Contains(103, some.Encode("[MASK]").Ids);
        Assert.Throws<ArgumentException>(() => some.Encode("[SEP]"));
    }

    [Fact]
    public void Pairs_batches_truncation_and_padding()
    {
        var tokenizer = Tokenizer.Load(Assets.Require("models/all-MiniLM-L6-v2"));

        Encoding pair = tokenizer.Encode("Which bird cannot fly?", "The ostrich.");

        var cutting = tokenizer.With(new Truncation(128) { Stride = 16 }, new Padding());
        Encoding[] batch = cutting.EncodeBatch(["one text", "and a longer one"]);   // on all cores, padded to the longest

        Assert.Equal(1, pair.TypeIds[^1]);
        Assert.Equal(batch[1].Ids.Length, batch[0].Ids.Length);
    }

    [Fact]
    public void Without_allocation()
    {
        var tokenizer = Tokenizer.Load(Assets.Require("models/all-MiniLM-L6-v2"));
        const string Text = "Penguins swim.";

        Span<int> ids = stackalloc int[256];
        int count = tokenizer.Encode(Text, new EncodingSpans { Ids = ids });
        ids = ids[..Math.Min(count, ids.Length)];                     // a greater count says how many there would be

        int tokens = tokenizer.CountTokens(Text);
        ReadOnlySpan<char> head = tokenizer.Truncate(Text, maxTokens: 3);
        ReadOnlySpan<char> tail = tokenizer.Truncate(Text, maxTokens: 3, Side.Left);

        Assert.Equal(count, ids.Length);
        Assert.Equal(count, tokens);
        Assert.StartsWith(head.ToString(), Text, StringComparison.Ordinal);
        Assert.EndsWith(tail.ToString(), Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Streaming()
    {
        var tokenizer = Tokenizer.Load(Assets.Require("models/all-MiniLM-L6-v2"));
        var idsOfAModel = tokenizer.Encode("Penguins swim.").Ids;
        var output = new StringBuilder();

        var decoder = tokenizer.CreateStreamingDecoder();
        foreach (int id in idsOfAModel)
        {
            output.Append(decoder.Add(id));                           // what is certain now, never half a character
        }

        output.Append(decoder.Finish());

        Assert.Equal("penguins swim.", output.ToString());
    }
}
