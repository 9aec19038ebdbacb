namespace Simile.Tokenizers.Tests;

public class HostileFileTests
{
    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"model":7}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"a":-1}}}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"a":2147483647}}}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"a":1e99}}}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{}},"added_tokens":[{"content":"x","id":2147483647}]}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":["a"]}}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"\ud800":1}}}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{}},"added_tokens":[{"content":"\udc00","id":1}]}""")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":[["a"]]}}""")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0,"b":4294967296},"merges":[]}}""")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[["a",0]],"unk_id":2147483647}}""")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[["a","b"]],"unk_id":0}}""")]
    [InlineData("""{"model":{"type":"Unigram","vocab":[["a",1e999]],"unk_id":0}}""")]
    [InlineData("""{"model":{"type":"Unigram","vocab":{},"unk_id":0}}""")]
    [InlineData(
        """{"model":{"type":"BPE","vocab":{},"merges":[]},"normalizer":{"type":"Precompiled","precompiled_charsmap":"/////w=="}}""")]
    [InlineData(
        """{"model":{"type":"BPE","vocab":{},"merges":[]},"normalizer":{"type":"Precompiled","precompiled_charsmap":"not base64"}}""")]
    [InlineData(
        """{"model":{"type":"BPE","vocab":{},"merges":[]},"pre_tokenizer":{"type":"Split","pattern":{"Regex":"(a"}"""
        + ""","behavior":"Isolated","invert":false}}""")]
    [InlineData(
        """{"model":{"type":"BPE","vocab":{},"merges":[]},"pre_tokenizer":{"type":"Split","pattern":{"Regex":"a{1000000}{1000000}"}"""
        + ""","behavior":"Isolated","invert":false}}""")]
    [InlineData(
        """{"model":{"type":"WordPiece","vocab":{}},"post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":"""
        + """{"id":"x","type_id":0}}],"pair":[],"special_tokens":{}}}""")]
    public void A_damaged_tokenizer_json_is_refused_in_a_sentence(string json)
    {
        var e = Assert.Throws<InvalidDataException>(() => Small.LoadFile("tokenizer.json", System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"vocab":{"a":0,"b":1,"ab":2},"merges":["a c"]}""", "\"c\"")]
    [InlineData("""{"vocab":{"a":0,"b":1},"merges":["a b"]}""", "\"ab\"")]
    [InlineData("""{"vocab":{"a":0,"b":1,"ab":2},"merges":["ab"]}""", "merges[0]")]
    [InlineData("""{"vocab":{"a":0},"merges":["a b c"]}""", "merges[0]")]
    [InlineData("""{"vocab":{"a":0},"merges":[["a","b","c"]]}""", "merges[0]")]
    [InlineData("""{"vocab":{"a":0,"":1},"merges":["a "]}""", "\"\"")]
    [InlineData("""{"vocab":{"a":0},"merges":[7]}""", "merges[0]")]
    [InlineData("""{"vocab":{"a":0},"merges":{}}""", "merges")]
    [InlineData("""{"vocab":{"a":2147483647},"merges":[]}""", "vocab")]
    [InlineData("""{"vocab":{"a":0},"merges":[],"fuse_unk":3}""", "fuse_unk")]
    public void A_damaged_bpe_model_is_refused_in_a_sentence(string model, string named)
    {
        var e = Assert.Throws<InvalidDataException>(
            () => Small.LoadFile("tokenizer.json", System.Text.Encoding.UTF8.GetBytes($$"""{"model":{{model}}}""")));
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[[[[[[[[[[", 100_000)]
    [InlineData("{\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[", 1000)]
    public void A_file_nested_a_thousand_times_is_refused(string part, int times)
    {
        var e = Assert.Throws<InvalidDataException>(() => Load(string.Concat(Enumerable.Repeat(part, times))));
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merges_that_go_round_end_all_the_same()
    {
        var tokenizer = Small.LoadFile(
            "tokenizer.json",
            """
            {"model":{"continuing_subword_prefix":"#","vocab":{"a":0,"#":1,"#a":2,"##":3},
             "merges":[["a","#"],["#a","#"],["#","##"],["##","#"]]}}
            """u8.ToArray());
        Assert.Equal([0, 2], tokenizer.Encode("aa").Ids);
    }

    [Fact]
    public void Dropout_is_not_built()
    {
        var e = Assert.Throws<NotSupportedException>(
            () => Small.ByteLevel("""{"model":{"type":"BPE","dropout":0.1,"vocab":{},"merges":[]}}"""));
        Assert.Contains("dropout", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not base64")]
    [InlineData("YQ==")]
    [InlineData("YQ== x")]
    [InlineData("YQ== -1")]
    [InlineData("YQ== 99999999999")]
    [InlineData("YQ== 2147483647")]
    [InlineData("YQ== 0")]
    [InlineData("YQ== 0\nYg== 0")]
    public void A_damaged_file_of_ranks_is_refused_in_a_sentence(string ranks)
    {
        var e =
            Assert.Throws<InvalidDataException>(() => Small.LoadFile("cl100k_base.tiktoken", System.Text.Encoding.UTF8.GetBytes(ranks)));
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_explodes_is_stopped_in_a_sentence_or_matched()
    {
        var tokenizer = Load(
            """{"model":{"type":"BPE","vocab":{"a":0,"b":1},"merges":[]},"pre_tokenizer":{"type":"Split","pattern":"""
            + """{"Regex":"(a+)+c|(a|aa)+d|((a*)*)*e"},"behavior":"Isolated","invert":false}}""");
        try
        {
            Assert.Equal(5001, tokenizer.Encode(new string('a', 5000) + "b").Ids.Length);
        }
        catch (InvalidDataException e)
        {
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 })]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { 0x0A, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    [InlineData(new byte[] { 0x12, 0x80, 0x80, 0x80, 0x80, 0x08 })]
    [InlineData(new byte[0])]
    public void A_model_whose_length_is_a_lie_is_refused_without_asking_for_the_memory(byte[] model)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var e = Assert.Throws<InvalidDataException>(() => Small.LoadFile("tokenizer.model", model));
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_sentence_does_not_repeat_the_file()
    {
        var e = Assert.Throws<InvalidDataException>(() => Load("{\"model\":{\"vocab\":fals\n" + new string('x', 100_000)));
        Assert.InRange(e.Message.Length, 10, 500);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void A_component_that_is_not_built_is_named()
    {
        var e = Assert.Throws<NotSupportedException>(
            () => Small.Bert("""{"normalizer":{"type":"Sequence","normalizers":[{"type":"Sparkle"}]}}"""));
        Assert.Contains("Sparkle", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_or_an_empty_folder_is_refused()
    {
        Assert.Throws<FileNotFoundException>(() => Tokenizer.Load("/nowhere/tokenizer.json"));
        var empty = Directory.CreateTempSubdirectory("simile-tokenizers-");
        Assert.Throws<FileNotFoundException>(() => Tokenizer.Load(empty.FullName));
        empty.Delete();
    }

    [Fact]
    public void Mutated_tokenizer_json_never_throws_anything_else()
    {
        var random = new Random(6);
        var whole = System.Text.Encoding.UTF8.GetBytes(Small.BertJson(
            """{"truncation":{"direction":"Right","max_length":4,"strategy":"LongestFirst","stride":0}"""
            + ""","padding":{"strategy":{"Fixed":6}}}"""));
        for (var i = 0; i < 400; i++)
        {
            TryAll("tokenizer.json", Mutate(whole, random));
        }
    }

    [Fact]
    public void Mutated_byte_level_files_never_throw_anything_else()
    {
        var random = new Random(8);
        var whole = System.Text.Encoding.UTF8.GetBytes(Small.ByteLevelJson(
            """{"normalizer":{"type":"NFC"},"post_processor":{"type":"RobertaProcessing","cls":["a",1],"sep":["b",2]}}"""));
        for (var i = 0; i < 300; i++)
        {
            TryAll("tokenizer.json", Mutate(whole, random));
        }
    }

    [Fact]
    public void Mutated_models_never_throw_anything_else()
    {
        var random = new Random(7);
        var whole = Small.UnigramModel(("▁a", -1f, 1), ("b", -2f, 1), ("cd", 0f, 4), ("e", 0f, 5));
        for (var i = 0; i < 800; i++)
        {
            TryAll("tokenizer.model", Mutate(whole, random));
        }
    }

    private static Tokenizer Load(string json) => Small.LoadFile("tokenizer.json", System.Text.Encoding.UTF8.GetBytes(json));

    private static byte[] Mutate(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        for (var n = random.Next(4); n >= 0; n--)
        {
            bytes[random.Next(bytes.Length)] =
                random.Next(3) switch { 0 => (byte)random.Next(256), 1 => bytes[random.Next(bytes.Length)], _ => 0xFF };
        }

        return random.Next(5) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static void TryAll(string name, byte[] content)
    {
        try
        {
            var tokenizer = Small.LoadFile(name, content);
            var ids = tokenizer.Encode("The cat [MASK] sat, abcde é \ud83d\ude00 zzz", "b").Ids;
            tokenizer.Decode(ids);
            tokenizer.With(tokenizer.EmbeddedTruncation, tokenizer.EmbeddedPadding).Encode("a cat sat");
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or ArgumentException)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    [Theory]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"continuing_subword_prefix":"LONG"}}""", "continuing_subword_prefix")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[],"end_of_word_suffix":"LONG"}}""", "end_of_word_suffix")]
    [InlineData("""{"normalizer":{"type":"Prepend","prepend":"LONG"}}""", "prepend")]
    [InlineData("""{"normalizer":{"type":"Replace","pattern":{"String":"a"},"content":"LONG"}}""", "content")]
    [InlineData("""{"decoder":{"type":"Replace","pattern":{"String":"a"},"content":"LONG"}}""", "content")]
    public void A_string_that_would_be_put_into_texts_again_and_again_has_a_limit(string changes, string name)
    {
        var e =
            Assert.Throws<InvalidDataException>(() => Small.Bert(changes.Replace("LONG", new string('x', 5000), StringComparison.Ordinal)));
        Assert.Contains($"{name} must be a string of at most 256 characters", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replacements_behind_one_another_do_not_fill_the_memory()
    {
        var many = string.Join(
            ',', Enumerable.Repeat($$$"""{"type":"Replace","pattern":{"Regex":"."},"content":"{{{new string('x', 100)}}}"}""", 5));
        var tokenizer =
            Small.Bert("""{"normalizer":{"type":"Sequence","normalizers":[MANY]}}""".Replace("MANY", many, StringComparison.Ordinal));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(
            "256 times", Assert.Throws<InvalidDataException>(() => tokenizer.Encode("the cat")).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
        Assert.Contains(
            "decoders",
            Assert.Throws<InvalidDataException>(
                () => Small.Bert("""{"decoder":{"type":"Sequence","decoders":[{"type":"Sequence","decoders":[MANY]}]}}""".Replace(
                "MANY", many, StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vocab.json", """{"a":0}""", """{"tokenizer_class":"no\u001b[2J\u202eTokenizer"}""")]
    [InlineData("a.model", "", """{"tokenizer_class":"no\u001b[2J\u202eTokenizer"}""")]
    [InlineData("vocab.txt", "a", """{"tokenizer_class":"no\u001b[2J\u202eTokenizer"}""")]
    [InlineData("vocab.txt", "a", """{"cls_token":"no\u001b[2J\u202e"}""")]
    [InlineData("vocab.txt", "a", """{"added_tokens_decoder":{"1\u001b":{}}}""")]
    [InlineData("tokenizer.json", """{"model":{"type":"BPE\u001b[2J"}}""", "{}")]
    [InlineData("tokenizer.json", """{"normalizer":{"type":"\u0085\u202e"},"model":{"type":"BPE"}}""", "{}")]
    [InlineData(
        "tokenizer.json",
        """{"pre_tokenizer":{"type":"Split","pattern":{"Regex":"(\u001b\u2028"},"behavior":"Removed"},"model":{"type":"BPE"}}""",
        "{}")]
    [InlineData(
        "tokenizer.json",
        """{"pre_tokenizer":{"type":"Split","pattern":{"Regex":"\\p{\u001b}"},"behavior":"Removed"},"model":{"type":"BPE"}}""",
        "{}")]
    [InlineData("tokenizer.json", """{"model":{"type":"WordLevel","vocab":{"\u001b\u200b":-1}}}""", "{}")]
    [InlineData("tokenizer.json", """{"model":{"type":"BPE","vocab":{"a":0},"merges":["a \u001b"]}}""", "{}")]
    [InlineData("cl100k_base.tiktoken", "\u001b\u0085 1", "{}")]
    public void No_message_carries_what_a_terminal_would_obey(string name, string content, string config)
    {
        var folder = Directory.CreateTempSubdirectory("simile-tokenizers-");
        try
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllBytes(path, name == "a.model" ? Small.UnigramModel(("a", -1, 1)) : System.Text.Encoding.UTF8.GetBytes(content));
            File.WriteAllText(Path.Combine(folder.FullName, "merges.txt"), "a b");
            File.WriteAllText(Path.Combine(folder.FullName, "tokenizer_config.json"), config);
            Testing.Effort.AssertIsSentence(Assert.ThrowsAny<Exception>(() => Tokenizer.Load(path)).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
