using Simile.Models.Architectures;
using Simile.Models.BuiltIn;
using Simile.Numerics;

namespace Simile.Models.Tests.BuiltIn;

public sealed class UniversalSentenceEncoderTests
{
    private static readonly string Packed = Path.Combine(AppContext.BaseDirectory, BuiltInModel.FileName);

    [Fact]
    public void The_graph_equals_the_slow_twin()
    {
        using var file = PackedFile.Open(Packed);
        var config = UniversalSentenceEncoderConfig.Parse(file.Section("text/config"), Packed);
        var slow = new SlowSentenceEncoder(new PackedTable(file), PackedNetwork.Read(file), config);
        using var fast = (UniversalSentenceEncoder)BuiltInModel.Load(Packed);

        int[][] texts = [[1, 2], [1, 10, 2665, 2], [1, 63, 259, 62, 10, 1140, 63, 63, 10, 8, 2], [127_999], [1, 0, 2]];
        var vectors = new VectorMatrix(texts.Length, fast.Dimensions);
        fast.Encode(texts, vectors, 0);
        for (var i = 0; i < texts.Length; i++)
        {
            var expected = slow.Encode(texts[i]);
            Assert.Equal(expected, vectors[i].ToArray(), (a, b) => Math.Abs(a - b) <= 1e-5f);
        }
    }

    [Fact]
    public void Windows_stop_at_the_ends_of_a_text()
    {
        var batch = new UniversalSentenceEncoderBatch([[7, 8], [8]]);
        var (first, second) = batch.Windows(3, 1);
        Assert.Equal([7, 8], batch.Distinct);
        Assert.Equal([0, 1, 1], batch.Slots);

        // Rows of the products are id · 3 + tap, 2 · 3 + tap is nothing; token 3 is nothing.
        Assert.Equal([6, 1, 5, 0, 4, 8, 6, 4, 8], first);
        Assert.Equal([3, 0, 1, 0, 1, 3, 3, 2, 3], second);
    }

    [Fact]
    public void Sums_are_over_the_root_of_the_length()
    {
        var (segments, roots) = new UniversalSentenceEncoderBatch([[5, 5, 5, 5], [6]]).Sums();
        Assert.Equal([.5f, .5f, .5f, .5f, 0, 0, 0, 0, 0, 1], segments);
        Assert.Equal([2, 1], roots);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData(
        """{"ngram_orders":[2],"ngram_left_context":[],"layer_norm_eps":1e-6,"bos_token_id":1,"eos_token_id":2,"max_seq_length":256}""")]
    [InlineData(
        """{"ngram_orders":[2],"ngram_left_context":[2],"layer_norm_eps":1e-6,"bos_token_id":1,"eos_token_id":2,"max_seq_length":256}""")]
    [InlineData(
        """{"ngram_orders":"x","ngram_left_context":[0],"layer_norm_eps":1e-6,"bos_token_id":1,"eos_token_id":2,"max_seq_length":256}""")]
    [InlineData(
        """{"ngram_orders":[2],"ngram_left_context":[0],"layer_norm_eps":1e-6,"bos_token_id":1,"eos_token_id":2"""
        + ""","max_seq_length":99999999999}""")]
    public void A_configuration_that_cannot_be_is_refused_with_its_name(string json)
    {
        var e = Assert.Throws<InvalidDataException>(
            () => UniversalSentenceEncoderConfig.Parse(System.Text.Encoding.UTF8.GetBytes(json), "config.json"));
        Assert.StartsWith("config.json is not the configuration of a use-multilingual model", e.Message, StringComparison.Ordinal);
    }
}
