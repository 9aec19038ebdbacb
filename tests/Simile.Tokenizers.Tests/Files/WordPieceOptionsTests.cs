namespace Simile.Tokenizers.Tests.Files;

public sealed class WordPieceOptionsTests : IDisposable
{
    private static readonly string[] Vocabulary =
        [
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "##a", "@@a", "e", "é", "E", "É", "中", "国", "##国", "<u>", "<c>", "<s>",
            "<m>", "<cls>", "<sep>", "<unk>",
        ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simile-wordpiece-");

    public void Dispose() => _folder.Delete(recursive: true);

    public static IEnumerable<TheoryDataRow<WordPieceOptions?, string, string>> Each() =>
    [
        new(null, "É 中国", "[CLS] e 中 国 [SEP]"),
        new(new WordPieceOptions(), "É 中国", "[CLS] e 中 国 [SEP]"),
        new(new WordPieceOptions { HandleChineseCharacters = false }, "É 中国", "[CLS] e 中 ##国 [SEP]"),
        new(new WordPieceOptions { StripAccents = false }, "É 中国", "[CLS] é 中 国 [SEP]"),
        new(new WordPieceOptions { Lowercase = false }, "É", "[CLS] É [SEP]"),
        new(new WordPieceOptions { Lowercase = false, StripAccents = true }, "É", "[CLS] E [SEP]"),
        new(new WordPieceOptions { CleanText = true }, "a\u0007a", "[CLS] a ##a [SEP]"),
        new(new WordPieceOptions { CleanText = false }, "a\u0007a", "[CLS] [UNK] [SEP]"),
        new(new WordPieceOptions { ContinuationPrefix = "@@" }, "aa", "[CLS] a @@a [SEP]"),
        new(new WordPieceOptions { MaxWordLength = 1 }, "a aa", "[CLS] a [UNK] [SEP]"),
        new(new WordPieceOptions { UnknownToken = "<u>" }, "z", "[CLS] <u> [SEP]"),
        new(new WordPieceOptions { BeginToken = "<c>", EndToken = "<s>" }, "a", "<c> a <s>"),
        new(new WordPieceOptions { MaskToken = "<m>" }, "a<m>", "[CLS] a <m> [SEP]"),
        new(new WordPieceOptions { PaddingToken = "<m>" }, "a<m>", "[CLS] a <m> [SEP]"),
    ];

    [Theory]
    [MemberData(nameof(Each))]
    public void Each_option_does_its_own_alone(WordPieceOptions? options, string text, string expected)
    {
        // Other files in the folder are ignored.
        File.WriteAllText(In("tokenizer_config.json"), """{"do_lower_case":false,"tokenizer_class":"MPNetTokenizer"}""");
        var tokenizer = Tokenizer.LoadWordPiece(Write(), options);
        var encoding = tokenizer.Encode(text);
        Assert.Equal(expected, string.Join(' ', encoding.Tokens));
        var ids = new List<int>();
        tokenizer.EncodeIds(text, ids);
        Assert.Equal(encoding.Ids, ids);
    }

    [Fact]
    public void What_cannot_be_is_refused_in_a_sentence()
    {
        var path = Write();
        Assert.Contains(
            "[X]",
            Assert.Throws<InvalidDataException>(() => Tokenizer.LoadWordPiece(path, new WordPieceOptions { BeginToken = "[X]" })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer.LoadWordPiece(path, new WordPieceOptions { MaxWordLength = 0 }));
        Assert.Contains(
            "none.txt",
            Assert.Throws<FileNotFoundException>(() => Tokenizer.LoadWordPiece(In("none.txt"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Funnel_begins_with_a_token_of_type_2()
    {
        Write();
        File.WriteAllText(In("tokenizer_config.json"), """{"tokenizer_class":"FunnelTokenizerFast"}""");
        var encoding = Tokenizer.Load(_folder.FullName).Encode("a", "z");
        Assert.Equal(["<cls>", "a", "<sep>", "<unk>", "<sep>"], encoding.Tokens);
        Assert.Equal([2, 0, 0, 1, 1], encoding.TypeIds);
    }

    [Theory]
    [InlineData("""{"tokenizer_class":"EsmTokenizer"}""", "{}", "esm")]
    [InlineData("{}", """{"model_type":"esm"}""", "esm")]
    [InlineData("""{"tokenizer_class":"BertweetTokenizer"}""", "{}", "bertweet")]
    [InlineData("""{"tokenizer_class":"NobodysTokenizer"}""", "{}", "nobodys")]
    [InlineData("""{"tokenizer_class":"BertJapaneseTokenizer"}""", "{}", "Japanese")]
    public void A_family_that_cuts_otherwise_is_refused_by_name(string config, string model, string name)
    {
        Write();
        File.WriteAllText(In("tokenizer_config.json"), config);
        File.WriteAllText(In("config.json"), model);
        Assert.Contains(
            name, Assert.Throws<NotSupportedException>(() => Tokenizer.Load(_folder.FullName)).Message, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private string Write()
    {
        File.WriteAllLines(In("vocab.txt"), Vocabulary);
        return In("vocab.txt");
    }
}
