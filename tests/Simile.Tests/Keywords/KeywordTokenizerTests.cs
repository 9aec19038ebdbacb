using Simile.Keywords;

namespace Simile.Tests.Keywords;

public sealed class KeywordTokenizerTests
{
    [Theory]
    [InlineData("The ships' wings", "the ship wing")]
    [InlineData("the ship's wing", "the ship wing")]
    [InlineData("parseHttpHeader", "pars http header parsehttpheader")]
    [InlineData("parse_http_header", "pars http header parsehttpheader")]
    [InlineData("parse-http-header", "pars http header parsehttpheader")]
    [InlineData("HTTPServer2", "http server 2 httpserver2")]
    [InlineData("__init__", "init")]
    [InlineData("snake_case", "snake case snakecase")]
    [InlineData("IEmbeddingGenerator<string>", "i embed generat iembeddinggenerator string")]
    [InlineData("System.Text.Json", "system text json")]
    [InlineData("C# and C++, not c#x", "c c# and c c++ not c x")]
    [InlineData("utf8", "utf 8 utf8")]
    [InlineData("3.14 - 5", "3 14 5")]
    [InlineData("\"quotes\" OR (NEAR*)", "quot or near")]
    [InlineData("", "")]
    public void Words_and_identifiers_give_their_parts_and_the_whole(string text, string terms) =>
        Assert.Equal(terms, KeywordTokenizer.Join(text));

    [Theory]
    [InlineData("Café CAFÉ cafe\u0301", "cafe cafe cafe")]
    [InlineData("STRASSE Straße", "strass strass")]
    [InlineData("Ærø Łódź ĐAK", "aero lodz dak")]
    [InlineData("ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ")]
    [InlineData("Ёлка йод", "елка иод")]
    [InlineData("ｐａｒｓｅＨＴＴＰ ﬁnding", "pars http parsehttp find")]
    [InlineData("m² ⅷ", "m 2 m2 viii")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("co\u00ADoperate", "cooper")]
    public void Spellings_of_the_same_word_give_the_same_term(string text, string terms) =>
        Assert.Equal(terms, KeywordTokenizer.Join(text));

    [Theory]
    [InlineData("搜索引擎", "搜 搜索 索 索引 引 引擎 擎")]
    [InlineData("猫", "猫")]
    [InlineData("ｶﾞｷﾞ", "ガギ")]
    [InlineData("東京タワー", "東 東京 京 京タ タワ ワー")]
    [InlineData("검색", "검 검색 색")]
    [InlineData("ที่นี่", "ที่นี่")]
    [InlineData("用GPU加速", "用 gpu 加 加速 速")]
    [InlineData("𠀀𠀁", "𠀀 𠀀𠀁 𠀁")]
    public void Scripts_without_spaces_give_pairs_of_characters(string text, string terms) =>
        Assert.Equal(terms, KeywordTokenizer.Join(text));

    [Fact]
    public void A_term_knows_where_it_is_in_the_text()
    {
        const string Text = "Nach Köln: parseHttp, 搜索.";

        var terms = KeywordTokenizer.Tokenize(Text).Select(keyword => (keyword.Term, keyword.Form, Text[keyword.Start..keyword.End]));

        Assert.Equal(
            [
                ("nach", KeywordForm.Word, "Nach"), ("koln", KeywordForm.Word, "Köln"),
                ("pars", KeywordForm.Word, "parse"), ("http", KeywordForm.Word, "Http"),
                ("parsehttp", KeywordForm.Whole, "parseHttp"), ("搜", KeywordForm.Unigram, "搜"),
                ("搜索", KeywordForm.Bigram, "搜索"), ("索", KeywordForm.Unigram, "索"),
            ],
            terms);
    }

    [Fact]
    public void Encoded_data_is_one_term()
    {
        var data = string.Concat(Enumerable.Repeat("aB3", 1000));

        var term = Assert.Single(KeywordTokenizer.Tokenize(data));

        Assert.Equal((64, 0, 3000), (term.Term.Length, term.Start, term.End));
    }

    [Fact]
    public void Terms_hold_nothing_that_an_index_would_split()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var text = string.Create(random.Next(1, 40), random, (chars, r) =>
            {
                foreach (ref var c in chars)
                {
                    c = (char)(r.Next(2) == 0 ? r.Next(0x20, 0x7F) : r.Next(0x10000));
                }
            });

            foreach (var keyword in KeywordTokenizer.Tokenize(text))
            {
                Assert.InRange(keyword.End, keyword.Start + 1, text.Length);
                Assert.NotEmpty(keyword.Term);
                Assert.DoesNotContain(keyword.Term, c => char.IsAscii(c) && !char.IsAsciiLetterLower(c)
                    && !char.IsAsciiDigit(c) && !KeywordTokenizer.Symbols.Contains(c, StringComparison.Ordinal));
            }
        }
    }
}
