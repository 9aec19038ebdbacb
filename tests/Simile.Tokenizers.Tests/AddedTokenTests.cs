namespace Simile.Tokenizers.Tests;

public class AddedTokenTests
{
    [Theory]
    [InlineData("""{"content":"cat"}""", "cat cats", "cat| |cat|s")]
    [InlineData("""{"content":"cat","single_word":true}""", "cat cats _cat cat.", "cat| cats _cat |cat|.")]
    [InlineData("""{"content":"<x>","lstrip":true,"rstrip":true}""", "a  <x> \t b", "a|  <x> \t |b")]
    [InlineData("""{"content":" ","lstrip":true,"rstrip":true}""", "a  b", "a|  |b")]
    [InlineData("""{"content":"CAT","normalized":true}""", "a Cat", "a |cat")]
    [InlineData("""{"content":"CAT","normalized":false}""", "a Cat CAT", "a cat |CAT")]
    public void Flags_say_where_a_token_is_found(string token, string text, string expected)
    {
        var added = token.Replace("{", """{"id":50,"special":false,"normalized":false,""", StringComparison.Ordinal);
        if (token.Contains("normalized", StringComparison.Ordinal))
        {
            added = token.Replace("{", """{"id":50,"special":false,""", StringComparison.Ordinal);
        }

        // A pre-tokenizer that cuts nothing shows the pieces between the tokens.
        var tokenizer = Small.Bert($$$"""
            {"added_tokens":[{{{added}}}],"normalizer":{"type":"Lowercase"},"pre_tokenizer":null,
             "model":{"type":"WordLevel","vocab":{"?":0},"unk_token":"?"}}
            """);
        var encoding = tokenizer.Encode(text, addSpecialTokens: false);
        var pieces = encoding.Ids.Select(
            (id, i) => id == 50 ? encoding.Tokens[i] : tokenizer.Normalize(text[encoding.Offsets[i].Start..encoding.Offsets[i].End]));
        Assert.Equal(expected, string.Join('|', pieces));
    }

    [Fact]
    public void Of_tokens_that_overlap_the_leftmost_and_longest_is_taken()
    {
        var tokenizer = Small.Bert("""{"added_tokens":[{"id":50,"content":"ab"},{"id":51,"content":"abc"},{"id":52,"content":"bcd"}]}""");
        Assert.Equal([51, 52], tokenizer.Encode("abcbcd", addSpecialTokens: false).Ids);
    }

    [Theory]
    [InlineData("""{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]}""", 5)]
    [InlineData(
        """{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"A","type_id":1}}]"""
        + ""","pair":[{"Sequence":{"id":"A","type_id":0}}],"special_tokens":{}}""",
        6)]
    [InlineData("null", 3)]
    public void Tokens_are_counted_as_they_are_encoded(string processor, int expected)
    {
        var tokenizer = Small.Bert($$"""{"post_processor":{{processor}}}""");
        Assert.Equal(expected, tokenizer.CountTokens("the cat sat"));
        foreach (var special in new[] { true, false })
        {
            var ids = new List<int>();
            tokenizer.EncodeIds("the cat sat", ids, special);
            Assert.Equal(tokenizer.Encode("the cat sat", addSpecialTokens: special).Ids, ids);
            Assert.Equal(ids.Count, tokenizer.CountTokens("the cat sat", special));
        }
    }
}
