using Simile.Tokenizers.Models;

namespace Simile.Tokenizers.Tests.Models;

public class BpeModelTests
{
    private const string Model = """
        {"model":{"type":"BPE","unk_token":"?","fuse_unk":FUSE,"byte_fallback":BYTES,
        "vocab":{"?":0,"▁":1,"a":2,"b":3,"c":4,"▁▁":5,"▁a":6,"ab":7,"▁ab":8,"bc":9,"x":10,"<0xC3>":11,"<0xA9>":12},
        "merges":["▁ ▁","▁ a","a b","▁ ab","b c"]},
        "normalizer":{"type":"Replace","pattern":{"String":" "},"content":"▁"}}
        """;

    [Theory]
    [InlineData("true", "true")]
    [InlineData("true", "false")]
    [InlineData("false", "true")]
    [InlineData("false", "false")]
    public void Cutting_where_no_token_reaches_across_changes_nothing(string fuse, string bytes)
    {
        var json = System.Text.Encoding.UTF8.GetBytes(
            Model.Replace("FUSE", fuse, StringComparison.Ordinal).Replace("BYTES", bytes, StringComparison.Ordinal));
        var (fast, slow) = (Small.LoadFile("tokenizer.json", json), Small.LoadFile("tokenizer.json", json));
        ((BpeModel)slow.Pipeline.Model).IsFast = false;
        var random = new Random(1);
        for (var i = 0; i < 3000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => "  aaabbcxéyé你\ud83d\ude00"[random.Next(13)]));
            var (a, b) = (fast.Encode(text), slow.Encode(text));
            Assert.Equal(b.Ids, a.Ids);
            Assert.Equal(b.Offsets, a.Offsets);
        }
    }

    [Fact]
    public void A_text_is_cut_before_a_space_that_no_token_has_inside()
    {
        var cuts = new BigramCuts(new Vocabulary(["▁", "a", "b", "▁a", "ab", "▁▁"]));
        Assert.Equal(3, cuts.Next("▁ab▁a", 0));
        Assert.Equal(4, cuts.Next("▁▁ab▁", 0));
        Assert.Equal(3, cuts.Next("▁aé", 0));
    }

    [Fact]
    public void Bytes_stand_in_for_characters_that_are_no_tokens()
    {
        var json = Model.Replace("FUSE", "true", StringComparison.Ordinal).Replace("BYTES", "true", StringComparison.Ordinal);
        var encoding = Small.LoadFile("tokenizer.json", System.Text.Encoding.UTF8.GetBytes(json)).Encode("aé你你");
        Assert.Equal([2, 11, 12, 0], encoding.Ids);
        Assert.Equal([(0, 1), (1, 2), (1, 2), (2, 4)], encoding.Offsets);
    }

    // "ab" is a token that no merge reaches: alone it is taken whole, inside a longer piece it is not.
    [Fact]
    public void A_part_of_a_piece_is_not_taken_whole()
    {
        const string File =
            """{"model": {"type": "BPE", "ignore_merges": true, "vocab": {"a": 0, "b": 1, "c": 2, "d": 3, "ab": 4}, "merges": []}}""";
        var tokenizer = Small.LoadFile("tokenizer.json", System.Text.Encoding.UTF8.GetBytes(File));
        Assert.Equal([4], tokenizer.Encode("ab").Ids);
        Assert.Equal([0, 1, 2, 3], tokenizer.Encode("abcd").Ids);
    }
}
