using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Numerics;
using Simile.Testing;
using Simile.Tokenizers;

namespace Simile.Models.Tests;

public sealed class TokenEmbedderTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(
        "config_sentence_transformers.json",
        """{ "query_prefix": "a", "document_prefix": "b", "query_length": 12, "document_length": 9 }""")]
    [InlineData(
        "artifact.metadata",
        """{ "query_token_id": "a", "doc_token_id": "b", "query_maxlen": 12, "doc_maxlen": 9, "mask_punctuation": true }""")]
    public void Each_token_has_the_vector_that_the_network_alone_gives(string file, string settings)
    {
        var tokenizer = Prepare(file, settings);
        using var model = TokenEmbedder.Load(_folder);
        string[] texts = ["A man, a plan.", "dog", "", "a man is playing a guitar on the street"];
        var queries = model.EmbedQueries(texts);
        var documents = model.EmbedDocuments(texts);
        for (var i = 0; i < texts.Length; i++)
        {
            var words = tokenizer.Encode(texts[i], addSpecialTokens: false).Ids;
            int[] query = [2, tokenizer.TokenToId("a")!.Value, .. words.Take(9), 3];
            int[] filled = [.. query, .. Enumerable.Repeat(4, 12 - query.Length)];
            AssertClose(Expected(filled, query.Length, [.. Enumerable.Range(0, 12)]), queries[i]);

            int[] document = [2, tokenizer.TokenToId("b")!.Value, .. words.Take(6), 3];
            int[] kept = [.. Enumerable.Range(0, document.Length).Where(t => tokenizer.IdToToken(document[t]) is not ("," or "."))];
            AssertClose(Expected(document, document.Length, kept), documents[i]);
        }

        Assert.True(documents[0].Count < 9);
    }

    [Fact]
    public void A_score_adds_up_the_best_token_for_each_of_the_query()
    {
        var query = new VectorMatrix(new float[] { 1, 0, 0, 1 }, 2);
        var document = new VectorMatrix(new float[] { 0.6f, 0.8f, -1, 0, 0, -1 }, 2);
        Assert.Equal(1.4f, TokenEmbedder.Score(query, document), 1e-6f);
        Assert.Equal(0, TokenEmbedder.Score(query, new VectorMatrix(0, 2)));
        Assert.Throws<ArgumentException>(() => TokenEmbedder.Score(query, new VectorMatrix(1, 3)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void A_text_that_is_null_is_named_however_many_stand_beside_it(int texts)
    {
        Prepare("config_sentence_transformers.json", """{ "query_prefix": "a", "document_prefix": "b" }""");
        using var model = TokenEmbedder.Load(_folder);
        string[] all = [.. Enumerable.Repeat("dog", texts), null!];
        Assert.Contains(
            $"Text {texts} of", Assert.Throws<ArgumentException>(() => model.EmbedDocuments(all)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_another_kind_is_refused()
    {
        var folder = Assets.Require("golden/architectures/st_mean");
        Assert.Contains(
            "not a ColBERT model", Assert.Throws<InvalidDataException>(() => TokenEmbedder.Load(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_token_vectors_is_not_pooled_in_silence()
    {
        Prepare("config_sentence_transformers.json", """{ "query_prefix": "a", "document_prefix": "b" }""");
        Assert.Contains(
            "load it with TokenEmbedder",
            Assert.Throws<NotSupportedException>(() => TextEmbedder.Load(_folder)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linear.weight")]
    [InlineData("encode_proj.weight")]
    public void A_projection_that_no_file_explains_is_not_left_out_in_silence(string name)
    {
        var source = Assets.Require("golden/architectures/st_mean");
        foreach (var file in Directory.EnumerateFiles(source).Where(file => Path.GetFileName(file) != "modules.json"))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        using (TextEmbedder.Load(_folder))
        {
        }

        AddTensor(Path.Combine(_folder, "model.safetensors"), name);
        var refusal = Assert.Throws<NotSupportedException>(() => TextEmbedder.Load(_folder)).Message;
        Assert.Contains(name, refusal, StringComparison.Ordinal);
        Effort.AssertIsSentence(refusal);
    }

    private static void AddTensor(string path, string name)
    {
        var bytes = File.ReadAllBytes(path);
        var length = BitConverter.ToInt32(bytes);
        var header = JsonNode.Parse(bytes.AsSpan(8, length))!.AsObject();
        var data = bytes.Length - 8 - length;
        header[name] =
            new JsonObject { ["dtype"] = "F32", ["shape"] = new JsonArray(1, 4), ["data_offsets"] = new JsonArray(data, data + 16) };
        var text = System.Text.Encoding.UTF8.GetBytes(header.ToJsonString());
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)text.Length), .. text, .. bytes[(8 + length)..], .. new byte[16]]);
    }

    // A network with a tokenizer and a linear layer behind it, told to be of ColBERT.
    private Tokenizer Prepare(string file, string settings)
    {
        var source = Assets.Require("golden/architectures/st_dense_normalize");
        foreach (var path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_folder, Path.GetRelativePath(source, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        File.WriteAllText(Path.Combine(_folder, file), settings);
        File.WriteAllText(Path.Combine(_folder, "modules.json"), """
            [{ "path": "", "type": "sentence_transformers.models.Transformer" }, { "path": "2_Dense", "type": "pylate.models.Dense.Dense" }]
            """);
        return Tokenizer.Load(_folder);
    }

    private float[][] Expected(int[] ids, int seen, int[] kept)
    {
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "config.json")));
        using var model = TextNetwork.Build(config.RootElement, ModelFolder.Find(_folder).OpenCheckpoint(), ["last_hidden_state"]);
        using var input = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(ids, id => (long)id), [1, ids.Length]);
        using var mask = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(ids, _ => 0L), [1, ids.Length]);
        mask.GetTensorMutableDataAsSpan<long>()[..seen].Fill(1);
        using var types = OrtValue.CreateTensorValueFromMemory(new long[ids.Length], [1, ids.Length]);
        using var results = model.Run(["input_ids", "attention_mask", "token_type_ids"], [input, mask, types], ["last_hidden_state"]);
        var hidden = results[0].GetTensorDataAsSpan<float>().ToArray();

        using var dense = ModelFolder.Find(_folder).Sub("2_Dense").OpenCheckpoint();
        var (weight, bias) = (dense["linear.weight"], dense["linear.bias"].ToFloats());
        return Array.ConvertAll(kept, token =>
        {
            var vector = new float[weight.Shape[0]];
            for (var j = 0; j < vector.Length; j++)
            {
                vector[j] = MathF.Tanh(
                    bias.Span[j] + TensorPrimitives.Dot(hidden.AsSpan(token * 24, 24), weight.ToFloats().Span.Slice(j * 24, 24)));
            }

            var norm = TensorPrimitives.Norm<float>(vector);
            return Array.ConvertAll(vector, x => x / norm);
        });
    }

    private static void AssertClose(float[][] expected, VectorMatrix actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i].ToArray(), (a, b) => Math.Abs(a - b) < 1e-5f);
        }
    }
}
