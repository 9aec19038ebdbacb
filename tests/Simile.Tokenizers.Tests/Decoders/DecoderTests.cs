using System.Text;
using System.Text.Json;
using Simile.Tokenizers.Decoders;
using Simile.Tokenizers.Files;

namespace Simile.Tokenizers.Tests.Decoders;

public class DecoderTests
{
    private const string Llama =
        """{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"}"""
        + """,{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]}""";

    private static readonly string[] Tokens =
    [
        "▁Hello", "▁", "▁▁a", "a", "aa", "a ", " ", "", "b▁b", "##s", "##",
        "!", "'s", "n't", "|", "||", "<pad>", "x</w>", "</w>", "</", "w>",
        "<0xE4>", "<0xbd>", "<0xA0>", "<0x41>", "<0xF0>", "<0x9F>", "<0x1>", "<0xZZ>",
        "ä½", "ł", "å¥½", "Ġ", "ðŁĳį", "你好", "\ud83d\ude00", "\ud83d\ude00a",
    ];

    private static readonly string[] Links =
    [
        """{"type":"WordPiece","prefix":"##","cleanup":true}""",
        """{"type":"WordPiece","prefix":"a","cleanup":false}""",
        """{"type":"Metaspace","replacement":"▁","prepend_scheme":"first"}""",
        """{"type":"Metaspace","replacement":"▁","prepend_scheme":"never"}""",
        """{"type":"BPEDecoder","suffix":"</w>"}""",
        """{"type":"CTC","pad_token":"<pad>","word_delimiter_token":"|","cleanup":true}""",
        """{"type":"Fuse"}""",
        """{"type":"Strip","content":" ","start":1,"stop":0}""",
        """{"type":"Strip","content":"a","start":2,"stop":2}""",
        """{"type":"Strip","content":"\ud83d\ude00","start":1,"stop":1}""",
        """{"type":"ByteFallback"}""",
        """{"type":"ByteLevel"}""",
        """{"type":"Replace","pattern":{"String":"▁"},"content":" "}""",
        """{"type":"Replace","pattern":{"String":"</w>"},"content":"<"}""",
        """{"type":"Replace","pattern":{"String":"aa"},"content":"▁"}""",
    ];

    [Fact]
    public void An_empty_suffix_stands_around_every_character_but_those_of_the_last_token() =>
        Assert.Equal(" a  # # b", string.Concat(Stream("""{"type":"BPEDecoder","suffix":""}""", ["a", "##", "b"])));

    [Fact]
    public void Any_chain_of_links_gives_what_whole_lists_of_tokens_give()
    {
        var random = new Random(3);
        for (var i = 0; i < 20_000; i++)
        {
            string[] chain = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Links[random.Next(Links.Length)])];
            string[] tokens = [.. Enumerable.Range(0, random.Next(10)).Select(_ => Tokens[random.Next(Tokens.Length)])];
            var expected = chain.Aggregate(tokens.ToList(), (list, link) => WholeLists.Decode(list, JsonDocument.Parse(link).RootElement));
            var pieces = Stream($$"""{"type":"Sequence","decoders":[{{string.Join(',', chain)}}]}""", tokens);
            Assert.Equal(string.Concat(expected), string.Concat(pieces));
            Assert.DoesNotContain(pieces, piece => piece.Length > 0 && (char.IsLowSurrogate(piece[0]) || char.IsHighSurrogate(piece[^1])));
        }
    }

    [Fact]
    public void Nothing_is_replaced_in_an_empty_token() =>
        Assert.Equal("axbx", string.Concat(Stream("""{"type":"Replace","pattern":{"Regex":"$"},"content":"x"}""", ["a", "", "b"])));

    [Theory]
    [InlineData(Llama, "▁Hello ▁you <0xE4> <0xBD> <0xA0> ▁! ▁", "Hello| you||||你 !| |")]
    [InlineData(Llama, "<0xE4> <0xE4> <0xE4> a", "|\uFFFD\uFFFD|\uFFFD|a|")]
    [InlineData("""{"type":"ByteLevel"}""", "ä½ ł å¥½ ðŁ ĳį Ã", "|你|好||👍||\uFFFD")]
    [InlineData("""{"type":"WordPiece"}""", "don ' t stop , ##ping", "don| '| t| stop|,|ping|")]
    [InlineData("""{"type":"Metaspace","replacement":"▁","add_prefix_space":true}""", "▁a ▁b", "a| b|")]
    [InlineData("""{"type":"Metaspace","replacement":"▁","add_prefix_space":false}""", "▁a ▁b", " a| b|")]
    [InlineData("""{"type":"BPEDecoder"}""", "a b</w> c</w>", "a|b| c|")]
    [InlineData("""{"type":"Replace","pattern":{"Regex":"a|b+"},"content":"$0"}""", "abbc bab x", "$0$0c|$0$0$0|x|")]
    [InlineData("""{"type":"CTC"}""", "h h <pad> e | | y", "h|||e| ||y|")]
    public void Text_comes_as_soon_as_it_is_certain(string decoder, string tokens, string pieces) =>
        Assert.Equal(pieces.Split('|'), Stream(decoder, tokens.Split(' ')));

    [Theory]
    [InlineData("""{"type":"Sparkle"}""", typeof(NotSupportedException))]
    [InlineData("""{"type":"Strip","content":"ab","start":1,"stop":0}""", typeof(InvalidDataException))]
    [InlineData("""{"type":"Strip","content":"","start":1,"stop":0}""", typeof(InvalidDataException))]
    [InlineData("""{"type":"Strip","content":" ","start":-1,"stop":0}""", typeof(InvalidDataException))]
    [InlineData("""{"type":"Replace","pattern":{"String":""},"content":" "}""", typeof(InvalidDataException))]
    [InlineData("""{"type":"Replace","pattern":{"Regex":"("},"content":" "}""", typeof(InvalidDataException))]
    [InlineData("""{"type":"Metaspace"}""", typeof(InvalidDataException))]
    [InlineData("""{"type":"Sequence","decoders":7}""", typeof(InvalidDataException))]
    public void A_wrong_decoder_is_refused_in_a_sentence(string json, Type exception)
    {
        var e = Assert.Throws(exception, () => Stream(json, []));
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    private static string[] Stream(string decoder, string[] tokens)
    {
        var text = new TextSink();
        var links = TokenizerJson.ReadDecoders(new JsonField(JsonDocument.Parse(decoder).RootElement, "decoder")).Reverse()
            .Aggregate((TokenSink)text, (next, link) => link(next));
        var pieces = new List<string>();
        foreach (var token in tokens)
        {
            links.Push(token, ends: true);
            pieces.Add(text.Take());
        }

        links.Finish();
        return [.. pieces, text.Take()];
    }

    /// <summary>The slow, obvious twin: a list of tokens in, a list of tokens out, as the reference has it.</summary>
    private static class WholeLists
    {
        public static List<string> Decode(List<string> tokens, JsonElement link)
        {
            string Text(string name) => link.GetProperty(name).GetString()!;
            return link.GetProperty("type").GetString() switch
            {
                "WordPiece" =>
                    [.. tokens.Select((token, i) => Mend(
                        i == 0 ? token
                        : token.StartsWith(Text("prefix"), StringComparison.Ordinal) ? token[Text("prefix").Length..]
                        : " " + token,
                        link.GetProperty("cleanup").GetBoolean()))],
                "Metaspace" =>
                    [.. tokens.Select((token, i) =>
                        token.Replace("▁", i == 0 && Text("prepend_scheme") != "never" ? "" : " ", StringComparison.Ordinal))],
                "BPEDecoder" =>
                    [.. tokens.Select(
                        (token, i) => token.Replace(Text("suffix"), i == tokens.Count - 1 ? "" : " ", StringComparison.Ordinal))],
                "CTC" =>
                    [.. tokens.Where((token, i) => i == 0 || token != tokens[i - 1])
                        .Select(token => Mend(token.Replace("<pad>", "", StringComparison.Ordinal), true).Replace('|', ' '))
                        .Where(token => token.Length > 0)],
                "Fuse" => [string.Concat(tokens)],
                "Strip" =>
                    [.. tokens.Select(
                        token => Strip(token, Text("content"), link.GetProperty("start").GetInt32(), link.GetProperty("stop").GetInt32()))],
                "ByteFallback" => ByteFallback(tokens),
                "ByteLevel" => [System.Text.Encoding.UTF8.GetString([.. tokens.SelectMany(Bytes)])],
                _ =>
                    [.. tokens.Select(token => token.Replace(
                        link.GetProperty("pattern").GetProperty("String").GetString()!, Text("content"), StringComparison.Ordinal))],
            };
        }

        private static string Mend(string token, bool cleanUp)
        {
            foreach (var mended in cleanUp ? new[] { ".", "?", "!", ",", " ' |'", "n't", "'m", " do not| don't", "'s", "'ve", "'re" } : [])
            {
                var (from, to) = mended.Split('|') is [var f, var t] ? (f, t) : (" " + mended, mended);
                token = token.Replace(from, to, StringComparison.Ordinal);
            }

            return token;
        }

        private static string Strip(string token, string content, int start, int stop)
        {
            for (; start > 0 && token.StartsWith(content, StringComparison.Ordinal); start--)
            {
                token = token[content.Length..];
            }

            for (; stop > 0 && token.EndsWith(content, StringComparison.Ordinal); stop--)
            {
                token = token[..^content.Length];
            }

            return token;
        }

        private static List<string> ByteFallback(List<string> tokens)
        {
            var result = new List<string>();
            for (var i = 0; i < tokens.Count;)
            {
                byte[] run = [.. tokens.Skip(i).TakeWhile(token => ByteFallbackDecoder.ByteOf(token) >= 0)
                    .Select(token => (byte)ByteFallbackDecoder.ByteOf(token))];
                if (run.Length == 0)
                {
                    result.Add(tokens[i++]);
                    continue;
                }

                i += run.Length;
                result.AddRange(System.Text.Unicode.Utf8.IsValid(run)
                    ? [System.Text.Encoding.UTF8.GetString(run)]
                    : Enumerable.Repeat("\uFFFD", run.Length));
            }

            return result;
        }

        private static IEnumerable<byte> Bytes(string token)
        {
            var bytes = token.Select(Simile.Tokenizers.Unicode.ByteAlphabet.ToByte).ToArray();
            return bytes.Contains(-1) ? System.Text.Encoding.UTF8.GetBytes(token) : bytes.Select(value => (byte)value);
        }
    }
}
