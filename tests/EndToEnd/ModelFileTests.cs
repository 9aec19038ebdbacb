using System.Buffers.Binary;
using System.Text;
using Simile.Testing;

namespace EndToEnd;

/// <summary>Damaged and incomplete model folders.</summary>
public sealed class ModelFileTests : IDisposable
{
    private readonly Tool _tool = new();

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void A_model_that_is_not_there_is_named() => Embed("nobody/nothing").FailsWith(1, "nobody/nothing");

    [Fact]
    public void A_folder_without_a_model_is_named()
    {
        Directory.CreateDirectory(_tool.In("hollow"));
        Embed("hollow").FailsWith(1, "hollow");
    }

    [Fact]
    public void Truncated_weights_are_refused()
    {
        var weights = CopyModel();
        using (var file = File.OpenWrite(weights))
        {
            file.SetLength(file.Length / 2);
        }

        Embed("model").FailsWith(1, "model.safetensors");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    public void Weights_of_a_few_bytes_are_refused(int length)
    {
        File.WriteAllBytes(CopyModel(), new byte[length]);
        Embed("model").FailsWith(1, "model.safetensors");
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 62)]
    [InlineData(1UL << 31)]
    public void An_absurd_header_length_is_refused(ulong length)
    {
        var bytes = new byte[64];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(CopyModel(), bytes);
        Embed("model").FailsWith(1, "model.safetensors");
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":7}""")]
    [InlineData("""[1,2]""")]
    [InlineData("""{"a":""")]
    public void A_header_that_cannot_be_is_refused(string header)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + 12];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)text.Length);
        text.CopyTo(bytes.AsSpan(8));
        File.WriteAllBytes(CopyModel(), bytes);
        Embed("model").FailsWith(1, "model.safetensors");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"model":{"type":"Telepathy"}}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":{"a":"one"}}}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":[]}}""")]
    public void A_wrong_tokenizer_file_is_refused(string json)
    {
        CopyModel();
        File.WriteAllText(_tool.In("model/tokenizer.json"), json);
        Embed("model").FailsWith(1, "tokenizer.json");
    }

    [Theory]
    [InlineData("config.json", "not json")]
    [InlineData("config.json", "[]")]
    [InlineData("config.json", """{"model_type":"telepathy"}""")]
    [InlineData("config.json", """{"model_type":"bert","hidden_size":-1}""")]
    [InlineData("modules.json", "{")]
    [InlineData("modules.json", """[{"idx":0,"name":"0","path":"../../etc","type":"sentence_transformers.models.Transformer"}]""")]
    public void A_wrong_configuration_is_refused(string file, string json)
    {
        CopyModel();
        File.WriteAllText(_tool.In("model/" + file), json);
        Embed("model").FailsWith(1);
    }

    private Outcome Embed(string model) => _tool.RunWith("one text\n", "embed", "--model", model);

    /// <summary>A model of a few kilobytes in the test's folder. Returns the path of its weights.</summary>
    private string CopyModel()
    {
        var source = Assets.Require("golden/architectures/st_mean");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_tool.In("model"), Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        return _tool.In("model/model.safetensors");
    }
}
