using System.Text.Json;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests;

public class StaticEncoderTests
{
    private const string Fixtures = "models/model2vec-tiny/tests/fixtures";
    private static readonly string LongText = string.Join(' ', Enumerable.Repeat("hello", 1000));

    [Theory]
    [InlineData("float32", 1e-5)]
    [InlineData("float16", 1e-3)]
    [InlineData("int8", 2e-2)]
    [InlineData("sentence-transformers", 1e-5)]
    public void Vectors_equal_those_of_model2vec(string kind, double tolerance)
    {
        using var model = StaticEncoder.Load(Assets.Require($"{Fixtures}/test-model-{kind}"));
        AssertClose(Expected("embeddings_short.json"), Embed(model, "hello world"), tolerance);
        AssertClose(Expected("embeddings_long.json"), Embed(model, LongText), tolerance);
    }

    [Fact]
    public void Vectors_of_a_quantised_vocabulary_equal_those_of_model2vec()
    {
        var folder = Assets.Require($"{Fixtures}/test-model-vocab-quantized");
        try
        {
            using var model = StaticEncoder.Load(folder);
            AssertClose(Expected("embeddings_vocab_quantized.json"), Embed(model, LongText), 1e-5);
        }
        catch (NotSupportedException e)
        {
            Assert.Skip($"Its tokenizer.json is of a kind that is not supported: {e.Message}");
        }
    }

    [Fact]
    public void A_token_of_a_quantised_vocabulary_is_its_mapped_row_times_its_weight()
    {
        var folder = Assets.Require($"{Fixtures}/test-model-vocab-quantized");
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "tokenizer.json")));
        var hello = json.RootElement.GetProperty("model").GetProperty("vocab").EnumerateArray().ToList()
            .FindIndex(token => token[0].GetString() == "▁hello");
        using var checkpoint = SafeTensors.Open(Path.Combine(folder, "model.safetensors"));
        var table = StaticFiles.Find(folder)!.ReadTable(checkpoint);
        var sum = new float[table.Dimensions];
        table.Add([hello], sum);
        var norm = MathF.Sqrt(sum.Sum(number => number * number));
        AssertClose(Expected("embeddings_vocab_quantized.json"), [.. sum.Select(number => number / norm)], 1e-5);
    }

    [Fact]
    public void Unknown_tokens_and_tokens_after_the_512th_do_not_count_in_Model2Vec()
    {
        using var model = StaticEncoder.Load(Assets.Require($"{Fixtures}/test-model-float32"));
        Assert.Equal(Embed(model, "hello"), Embed(model, "hello \u0E51\u1234"));
        var cut = string.Join(' ', Enumerable.Repeat("a", 512));
        Assert.Equal(Embed(model, cut), Embed(model, cut + " hello"));
        Assert.NotEqual(Embed(model, "a"), Embed(model, "a hello"));
    }

    [Fact]
    public void A_long_text_is_cut_at_512_tokens_of_median_length_by_characters_not_by_halves_of_them()
    {
        using var model = StaticEncoder.Load(Assets.Require($"{Fixtures}/test-model-float32"));
        var pairs = string.Concat(Enumerable.Repeat("😀", 512 * 6));
        Assert.NotEqual(new float[2], Embed(model, string.Concat(Enumerable.Repeat("😀", 512 * 4)) + " hello"));
        Assert.Equal(new float[2], Embed(model, pairs + pairs + " hello"));
    }

    [Fact]
    public void A_text_without_tokens_has_the_zero_vector()
    {
        using var model = StaticEncoder.Load(Assets.Require($"{Fixtures}/test-model-float32"));
        Assert.Equal(new float[2], Embed(model, "  "));
    }

    [Theory]
    [InlineData("cut", "damaged")]
    [InlineData("other tensors", "no tensor \"embeddings\"")]
    [InlineData("few rows", "different models")]
    [InlineData("NaN", "NaN or infinite")]
    [InlineData("a vector", "table of token vectors")]
    [InlineData("mapping outside", "refers to rows outside the table")]
    [InlineData("few weights", "a finite weight for each")]
    public void A_wrong_table_ends_in_one_sentence_that_names_the_file(string fault, string sentence)
    {
        var folder = Broken(fault);
        try
        {
            var error = Assert.Throws<InvalidDataException>(() => StaticEncoder.Load(folder));
            Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
            Assert.Contains(folder, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Broken(string fault)
    {
        var source = Assets.Require($"{Fixtures}/test-model-float32");
        var folder = Assets.NewFolder();
        foreach (var name in new[] { "config.json", "tokenizer.json" })
        {
            File.Copy(Path.Combine(source, name), Path.Combine(folder, name));
            File.SetAttributes(Path.Combine(folder, name), FileAttributes.Normal);
        }

        const int Tokens = 29528;
        var table = new float[Tokens];
        (string, string, int[], byte[])[] tensors = fault switch
        {
            "other tensors" => [("weight", "F32", [Tokens, 1], Bytes(table))],
            "few rows" => [("embeddings", "F32", [5, 1], Bytes(table[..5]))],
            "NaN" => [("embeddings", "F32", [Tokens, 1], Bytes([.. table[1..], float.NaN]))],
            "a vector" => [("embeddings", "F32", [Tokens], Bytes(table))],
            "mapping outside" => [("embeddings", "F32", [2, 1], Bytes(table[..2])), ("mapping", "I32", [2], [1, 0, 0, 0, 2, 0, 0, 0])],
            "few weights" => [("embeddings", "F32", [Tokens, 1], Bytes(table)), ("weights", "F32", [2], Bytes(table[..2]))],
            _ => [("embeddings", "F32", [Tokens, 1], Bytes(table))],
        };
        WriteSafeTensors(Path.Combine(folder, "model.safetensors"), tensors, fault == "cut" ? 1000 : 0);
        return folder;
    }

    private static byte[] Bytes(float[] numbers) => System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(numbers).ToArray();

    private static void WriteSafeTensors(string file, (string Name, string Type, int[] Shape, byte[] Data)[] tensors, int missing)
    {
        var at = 0;
        var entries = tensors.Select(t =>
            $"\"{t.Name}\":{{\"dtype\":\"{t.Type}\",\"shape\":[{string.Join(',', t.Shape)}],\"data_offsets\":[{at},"
            + $"{at += t.Data.Length}]}}")
            .ToList();
        var header = System.Text.Encoding.UTF8.GetBytes("{" + string.Join(',', entries) + "}");
        byte[] all = [.. BitConverter.GetBytes((long)header.Length), .. header, .. tensors.SelectMany(t => t.Data)];
        File.WriteAllBytes(file, all[..^missing]);
    }

    private static float[] Embed(StaticEncoder model, string text)
    {
        var vector = new float[model.Dimensions];
        model.Encode(text, vector);
        return vector;
    }

    private static float[] Expected(string file) =>
        JsonSerializer.Deserialize<float[][]>(File.ReadAllText(Assets.Require($"{Fixtures}/{file}")))![0];

    private static void AssertClose(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
