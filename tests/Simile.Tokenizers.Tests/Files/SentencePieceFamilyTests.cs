namespace Simile.Tokenizers.Tests.Files;

public class SentencePieceFamilyTests
{
    private static readonly (string, float, int)[] Pieces = [("▁a", -1, 1), ("▁b", -2, 1), ("▁", -3, 1), ("b", -4, 1)];

    [Fact]
    public void Roberta_over_SentencePiece_has_fairseqs_ids()
    {
        var tokenizer = Load("sentencepiece.bpe.model", """{"model_type":"xlm-roberta"}""", Pieces);
        Assert.Equal([0, 4, 8, 5, 2], tokenizer.Encode("a <mask> b").Ids);
        Assert.Equal([0, 4, 2, 2, 6, 3, 2], tokenizer.Encode("a", "z").Ids);
        Assert.Equal(9, tokenizer.VocabularySize);
        Assert.Equal("a b", tokenizer.Decode([0, 4, 8, 5, 2]));
    }

    [Fact]
    public void Camembert_counts_its_symbols_twice()
    {
        var tokenizer = Load("sentencepiece.bpe.model", """{"model_type":"camembert"}""", Pieces);
        Assert.Equal([5, 7, 11, 8, 6], tokenizer.Encode("a <mask> b").Ids);
        Assert.Equal(3, tokenizer.Special.Unknown);
    }

    [Fact]
    public void T5_has_its_extra_ids_backwards_behind_the_pieces()
    {
        var tokenizer = Load("spiece.model", """{"model_type":"t5"}""", Pieces);
        Assert.Equal([3, 106, 7, 4, 2], tokenizer.Encode("a<extra_id_0><extra_id_99>b").Ids);
        Assert.Equal("<extra_id_0>", tokenizer.IdToToken(106));
    }

    [Fact]
    public void Albert_folds_case_and_strips_accents()
    {
        var tokenizer = Load(
            "spiece.model", """{"model_type":"albert"}""", [.. Pieces, ("[CLS]", 0, 3), ("[SEP]", 0, 3), ("[MASK]", 0, 4)]);
        var encoding = tokenizer.Encode("Á b", "A [MASK]");
        Assert.Equal([7, 3, 4, 8, 3, 9, 8], encoding.Ids);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1], encoding.TypeIds);
        Assert.Equal([(0, 0), (0, 1), (1, 3), (0, 0), (0, 1), (1, 8), (0, 0)], encoding.Offsets);
    }

    [Fact]
    public void Deberta_gets_a_mask_behind_its_pieces()
    {
        var tokenizer = Load("spm.model", """{"model_type":"deberta-v2"}""", [.. Pieces, ("[CLS]", 0, 3), ("[SEP]", 0, 3)]);
        Assert.Equal([7, 3, 9, 8], tokenizer.Encode("a[MASK]").Ids);
    }

    [Theory]
    [InlineData("BigBirdTokenizer", "[CLS]:0 ▁a:0 [SEP]:0", "[CLS]:0 ▁a:0 [SEP]:0 ▁b:1 [SEP]:1")]
    [InlineData("RemBertTokenizerFast", "[CLS]:0 ▁a:0 [SEP]:0", "[CLS]:0 ▁a:0 [SEP]:0 ▁b:1 [SEP]:1")]
    [InlineData("FNetTokenizer", "[CLS]:0 ▁a:0 [SEP]:0", "[CLS]:0 ▁a:0 [SEP]:0 ▁b:1 [SEP]:1")]
    [InlineData("AlbertTokenizer", "[CLS]:0 ▁a:0 [SEP]:0", "[CLS]:0 ▁a:0 [SEP]:0 ▁b:1 [SEP]:1")]
    [InlineData("DebertaV2TokenizerFast", "[CLS]:0 ▁a:0 [SEP]:0", "[CLS]:0 ▁a:0 [SEP]:0 ▁b:1 [SEP]:1")]
    [InlineData("XLNetTokenizer", "▁a:0 <sep>:0 <cls>:2", "▁a:0 <sep>:0 ▁b:1 <sep>:1 <cls>:2")]
    [InlineData("XLMRobertaTokenizer", "<s>:0 ▁a:0 </s>:0", "<s>:0 ▁a:0 </s>:0 </s>:0 ▁b:0 </s>:0")]
    [InlineData("CamembertTokenizer", "<s>:0 ▁a:0 </s>:0", "<s>:0 ▁a:0 </s>:0 </s>:0 ▁b:0 </s>:0")]
    [InlineData("BarthezTokenizer", "<s>:0 ▁a:0 </s>:0", "<s>:0 ▁a:0 </s>:0 </s>:0 ▁b:0 </s>:0")]
    [InlineData("T5Tokenizer", "▁a:0 </s>:0", "▁a:0 </s>:0 ▁b:0 </s>:0")]
    [InlineData("SiglipTokenizer", "▁a:0 </s>:0", "▁a:0 </s>:0 ▁b:0 </s>:0")]
    [InlineData("SpeechT5Tokenizer", "▁a:0 </s>:0", "▁a:0 ▁b:0 </s>:0")]
    [InlineData("MBartTokenizer", "▁a:0 </s>:0 en_XX:0", "▁a:0 ▁b:0 </s>:0 en_XX:0")]
    [InlineData("MBart50Tokenizer", "en_XX:0 ▁a:0 </s>:0", "en_XX:0 ▁a:0 ▁b:0 </s>:0")]
    [InlineData("XGLMTokenizer", "</s>:0 ▁a:0", "</s>:0 ▁a:0 </s>:0 </s>:0 ▁b:0")]
    [InlineData("ReformerTokenizer", "▁a:0", "▁a:0 ▁b:0")]
    [InlineData("BertGenerationTokenizer", "▁a:0", "▁a:0 ▁b:0")]
    [InlineData("LlamaTokenizer", "<s>:0 ▁a:0", "<s>:0 ▁a:0 <s>:1 ▁b:1")]
    [InlineData("GemmaTokenizer", "<bos>:0 ▁a:0", "<bos>:0 ▁a:0 <bos>:1 ▁b:1")]
    public void Each_family_has_its_own_symbols_around_texts(string tokenizerClass, string single, string pair)
    {
        var tokenizer = Named(
            $$"""{"tokenizer_class":"{{tokenizerClass}}"{{(tokenizerClass == "GemmaTokenizer" ? ",\"bos_token\":\"<bos>\"" : "")}}}""",
            All);
        Assert.Equal(single, Shown(tokenizer.Encode("a")));
        Assert.Equal(pair, Shown(tokenizer.Encode("a", "b")));
        Assert.Equal(tokenizer.Encode("a").Ids, tokenizer.Encode("a").Tokens.Select(token => tokenizer.TokenToId(token)!.Value));
    }

    [Theory]
    [InlineData("MarianTokenizer", "marian")]
    [InlineData("M2M100Tokenizer", "m2m100")]
    [InlineData("CpmTokenizer", "cpm")]
    [InlineData("NobodysTokenizer", "nobodys")]
    public void A_family_that_is_not_known_is_refused_by_name(string tokenizerClass, string name)
    {
        var e = Assert.Throws<NotSupportedException>(() => Named($$"""{"tokenizer_class":"{{tokenizerClass}}"}""", All));
        Assert.Contains($"the model family {name} ", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"tokenizer_class":"PreTrainedTokenizerFast"}""", """{"model_type":"albert"}""", "[CLS]:0 ▁a:0 [SEP]:0")]
    [InlineData("""{"tokenizer_class":"PreTrainedTokenizerFast"}""", "{}", "<s>:0 ▁a:0")]
    [InlineData("{}", "{}", "<s>:0 ▁a:0")]
    [InlineData("""{"add_bos_token":false,"add_eos_token":true}""", "{}", "▁a:0 </s>:0")]
    [InlineData("""{"tokenizer_class":"LlamaTokenizer","bos_token":"<cls>"}""", "{}", "<cls>:0 ▁a:0")]
    [InlineData("""{"tokenizer_class":"MBartTokenizer","src_lang":"fr_XX"}""", "{}", "▁a:0 </s>:0 fr_XX:0")]
    public void A_class_that_says_nothing_leaves_it_to_the_model(string config, string model, string expected) =>
        Assert.Equal(expected, Shown(Named(config, All, model).Encode("a")));

    [Fact]
    public void Ids_of_pegasus_begin_behind_its_symbols()
    {
        const string Config = """{"tokenizer_class":"PegasusTokenizer"}""";
        var tokenizer = Named(Config, Small.BareUnigramModel([("<pad>", 0, 3), ("</s>", 0, 3), ("<unk>", 0, 2), .. Pieces]));
        Assert.Equal([106, 1], tokenizer.Encode("a").Ids);
        Assert.Equal([106, 107, 1], tokenizer.Encode("a", "b").Ids);
        Assert.Equal(105, tokenizer.Special.Unknown);
        Assert.Contains("Pegasus", Assert.Throws<InvalidDataException>(() => Named(Config, Pieces)).Message, StringComparison.Ordinal);
        Assert.Equal(
            [2, 3, 4, 104], new[] { "<mask_1>", "<mask_2>", "<unk_2>", "<unk_102>" }.Select(token => tokenizer.TokenToId(token)!.Value));
    }

    [Theory]
    [InlineData("AlbertTokenizer", "Á ``b''", "▁a|▁|\"|b|\"")]
    [InlineData("XLNetTokenizer", "á ``b", "▁a|▁|\"|b")]
    [InlineData("RemBertTokenizer", "a ``b", "▁a|▁|\"|b")]
    [InlineData("SiglipTokenizer", " A, b!", "▁a|▁b")]
    [InlineData("AlbertTokenizer", "9,", "▁|9|,")]
    [InlineData("XLNetTokenizer", "9,", "▁|9|,")]
    [InlineData("BigBirdTokenizer", "9,", "▁|9,")]
    public void Texts_are_cleaned_as_the_family_does_it(string tokenizerClass, string text, string expected) =>
        Assert.Equal(
            expected,
            string.Join('|', Named($$"""{"tokenizer_class":"{{tokenizerClass}}"}""", All).Encode(text, addSpecialTokens: false).Tokens));

    [Theory]
    [InlineData("true", "▁a|</s>|▁b|▁|▁b")]
    [InlineData("false", "▁a|</s>|b|▁|▁b")]
    public void Llama_without_legacy_marks_only_the_beginning(string legacy, string expected)
    {
        var tokenizer = Named($$"""{"tokenizer_class":"LlamaTokenizer","legacy":{{legacy}}}""", All, keepsSpaces: true);
        Assert.Equal(expected, string.Join('|', tokenizer.Encode("a</s>b  b", addSpecialTokens: false).Tokens));
        Assert.Equal(legacy == "true" ? "▁|▁a" : "▁a", string.Join('|', tokenizer.Encode(" a", addSpecialTokens: false).Tokens));
        var ids = new List<int>();
        tokenizer.EncodeIds("a</s>b  b", ids);
        Assert.Equal(tokenizer.Encode("a</s>b  b").Ids, ids);
    }

    [Fact]
    public void Tokens_that_a_folder_lists_are_found_and_written()
    {
        var tokenizer = Named(
            """{"tokenizer_class":"LlamaTokenizer","added_tokens_decoder":{"40":{"content":"<new>","special":true}"""
            + ""","41":{"content":"word","special":false}}}""",
            All);
        Assert.Equal([1, 3, 40, 41, 4], tokenizer.Encode("a<new>word b").Ids);
        Assert.Equal("aword b", tokenizer.Decode([1, 3, 40, 41, 4]));
        Assert.Equal("<s> a<new>word b", tokenizer.Decode([1, 3, 40, 41, 4], skipSpecialTokens: false));
        Assert.Throws<ArgumentException>(() => tokenizer.Decode([39]));
    }

    [Theory]
    [InlineData("1 3 4", "a b", "<s> a b")]
    [InlineData("3 2 1 4", "a b", "a</s><s> b")]
    [InlineData("1 1 5 6 2 2", "b", "<s><s> b</s></s>")]
    [InlineData("0 3", " \u2047  a", "<unk> a")]
    [InlineData("2", "", "</s>")]
    [InlineData("", "", "")]
    public void Special_tokens_stay_where_they_are_kept(string ids, string without, string with)
    {
        int[] numbers = [.. ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        var tokenizer = Small.LoadFile("a.model", Small.UnigramModel(Pieces));
        Assert.Equal(without, tokenizer.Decode(numbers));
        Assert.Equal(with, tokenizer.Decode(numbers, skipSpecialTokens: false));
        var decoder = tokenizer.CreateStreamingDecoder(skipSpecialTokens: false);
        Assert.Equal(with, string.Concat(numbers.Select(decoder.Add)) + decoder.Finish());
    }

    [Fact]
    public void A_model_without_the_symbols_of_its_family_is_refused_in_a_sentence()
    {
        Assert.Contains(
            "[CLS]",
            Assert.Throws<InvalidDataException>(() => Load("spm.model", """{"model_type":"albert"}""", Pieces)).Message,
            StringComparison.Ordinal);
    }

    private static readonly (string, float, int)[] All =
    [
        .. Pieces, ("a", -5, 1), ("\"", -6, 1), ("9,", -7, 1), ("9", -8, 1), (",", -9, 1),
        .. new[] { "[CLS]", "[SEP]", "[MASK]", "<sep>", "<cls>", "<mask>", "<bos>", "<pad>" }.Select(symbol => (symbol, 0f, 3)),
    ];

    private static string Shown(Encoding encoding) =>
        string.Join(' ', encoding.Tokens.Zip(encoding.TypeIds, (token, type) => $"{token}:{type}"));

    // normalizer_spec of a model that keeps white space: remove_extra_whitespaces is false.
    private static Tokenizer Named(string config, (string, float, int)[] pieces, string model = "{}", bool keepsSpaces = false) =>
        Named(config, keepsSpaces ? [.. Small.UnigramModel(pieces), (3 << 3) | 2, 2, 4 << 3, 0] : Small.UnigramModel(pieces), model);

    private static Tokenizer Named(string config, byte[] bytes, string model = "{}")
    {
        var folder = Directory.CreateTempSubdirectory("simile-tokenizers-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "tokenizer_config.json"), config);
            File.WriteAllText(Path.Combine(folder.FullName, "config.json"), model);
            File.WriteAllBytes(Path.Combine(folder.FullName, "spiece.model"), bytes);
            return Tokenizer.Load(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Tokenizer Load(string name, string config, (string, float, int)[] pieces)
    {
        var folder = Directory.CreateTempSubdirectory("simile-tokenizers-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "config.json"), config);
            File.WriteAllBytes(Path.Combine(folder.FullName, name), Small.UnigramModel(pieces));
            return Tokenizer.Load(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
