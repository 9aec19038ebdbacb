using Simile.Testing;

namespace Simile.Models.Tests;

public sealed class ModelFolderTests : IDisposable
{
    private const string Golden = "golden/architectures";
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_model_that_is_not_there_is_named_with_what_to_do()
    {
        var error = Assert.Throws<DirectoryNotFoundException>(() => TextEmbedder.Load("someone/no-such-model"));
        Assert.Contains("someone/no-such-model", error.Message, StringComparison.Ordinal);
        Assert.Contains("Give the path", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("modules.json")]
    [InlineData("1_Pooling/config.json")]
    [InlineData("sentence_bert_config.json")]
    [InlineData("config_sentence_transformers.json")]
    [InlineData("tokenizer.json")]
    [InlineData("model.safetensors")]
    public void A_damaged_file_is_named(string file)
    {
        CopyModel("st_mean");
        File.WriteAllText(Path.Combine(_folder, file), "{\"a\": [1, ");
        var error = Assert.Throws<InvalidDataException>(() => TextEmbedder.Load(_folder));
        Assert.Contains(Path.GetFileName(file), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("1_Pooling/config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("model.safetensors")]
    public void A_missing_file_is_an_error_of_its_kind(string file)
    {
        CopyModel("st_mean");
        File.Delete(Path.Combine(_folder, file));
        Assert.Throws<FileNotFoundException>(() => TextEmbedder.Load(_folder));
    }

    [Fact]
    public void A_static_module_in_a_neighbouring_folder_is_refused()
    {
        var folder = Assets.NewFolder();
        var neighbor = Path.GetFileName(folder) + "-other"; // begins with the folder's own name
        File.WriteAllText(
            Path.Combine(folder, "modules.json"),
            $$"""[{"path": "../{{neighbor}}", "type": "sentence_transformers.models.StaticEmbedding"}]""");
        Assert.Contains(
            "not inside", Assert.Throws<InvalidDataException>(() => ModelFolder.Find(folder)).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_module_outside_the_folder_is_refused()
    {
        CopyModel("st_mean");
        var modules = Path.Combine(_folder, "modules.json");
        File.WriteAllText(modules, File.ReadAllText(modules).Replace("1_Pooling", "../../etc", StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => TextEmbedder.Load(_folder));
    }

    [Fact]
    public void A_folder_without_modules_is_pooled_by_the_mean()
    {
        CopyModel("st_mean");
        using var with = TextEmbedder.Load(_folder);
        var expected = with.Embed("A man is playing a guitar.");
        File.Delete(Path.Combine(_folder, "modules.json"));
        using var without = TextEmbedder.Load(_folder);
        Assert.Equal(expected, without.Embed("A man is playing a guitar."));
    }

    [Fact]
    public void A_name_is_found_in_the_hub_s_cache()
    {
        CopyModel("st_mean", "models--some--model/snapshots/abc");
        var before = Environment.GetEnvironmentVariable("HF_HUB_CACHE");
        Environment.SetEnvironmentVariable("HF_HUB_CACHE", _folder);
        try
        {
            using var model = TextEmbedder.Load("some/model");
            Assert.Equal("some/model", model.Name);
        }
        finally
        {
            Environment.SetEnvironmentVariable("HF_HUB_CACHE", before);
        }
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    public void A_note_of_Git_LFS_in_the_place_of_a_file_is_told_from_a_damaged_one(string file)
    {
        CopyModel("st_mean");
        WriteLfsNote(file);
        Assert.Contains(
            "git lfs pull", Assert.Throws<InvalidDataException>(() => TextEmbedder.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("model.onnx")]
    public void A_note_of_Git_LFS_is_told_in_every_kind_of_weights(string file)
    {
        CopyModel("st_mean");
        File.Delete(Path.Combine(_folder, "model.safetensors"));
        WriteLfsNote(file);
        Assert.Contains(
            "git lfs pull", Assert.Throws<InvalidDataException>(() => TextEmbedder.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sentence_roberta_config.json")]
    [InlineData("sentence_xlm-roberta_config.json")]
    [InlineData("sentence_distilbert_config.json")]
    public void The_longest_text_is_read_under_the_names_that_older_folders_have(string file)
    {
        CopyModel("st_mean");
        File.Delete(Path.Combine(_folder, "sentence_bert_config.json"));
        File.WriteAllText(Path.Combine(_folder, file), """{ "max_seq_length": 7, "do_lower_case": false }""");
        using var model = TextEmbedder.Load(_folder);
        Assert.Equal(7, model.MaxSequenceLength);
    }

    [Theory]
    [InlineData("""{ "quant_method": "bitsandbytes", "load_in_8bit": true }""", "bitsandbytes")]
    [InlineData("""{ "quant_method": "compressed-tensors", "format": "float-quantized" }""", "float-quantized")]
    [InlineData("""{ "load_in_4bit": true }""", "unknown")]
    public void Weights_that_are_quantised_in_another_way_are_refused(string how, string named)
    {
        CopyModel("st_mean");
        var config = Path.Combine(_folder, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).TrimEnd().TrimEnd('}') + $", \"quantization_config\": {how} }}");
        Assert.Contains(named, Assert.Throws<NotSupportedException>(() => TextEmbedder.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_in_a_folder_of_its_own_is_described_and_loaded_as_older_releases_laid_it_out()
    {
        CopyModel("st_mean");
        using var now = TextEmbedder.Load(_folder);
        var (expected, family, parameters) =
            (now.Embed("a dog"), ModelDescription.Load(_folder).Family, ModelDescription.Load(_folder).Parameters);
        Directory.CreateDirectory(Path.Combine(_folder, "0_BERT"));
        foreach (var file in Directory.GetFiles(_folder)
            .Where(file => Path.GetFileName(file) is not ("modules.json" or "config_sentence_transformers.json")))
        {
            File.Move(file, Path.Combine(_folder, "0_BERT", Path.GetFileName(file)));
        }

        File.WriteAllText(
            Path.Combine(_folder, "modules.json"),
            """[{ "path": "0_BERT", "type": "sentence_transformers.models.BERT" }"""
            + """, { "path": "1_Pooling", "type": "sentence_transformers.models.Pooling" }]""");
        using var then = TextEmbedder.Load(_folder);
        Assert.Equal(expected, then.Embed("a dog"));
        Assert.Equal(("bert", parameters), (family, ModelDescription.Load(_folder).Parameters));
        Assert.Equal(family, ModelDescription.Load(_folder).Family);
    }

    [Fact]
    public void A_similarity_that_is_not_known_is_not_taken_for_the_cosine()
    {
        CopyModel("st_mean");
        File.WriteAllText(Path.Combine(_folder, "config_sentence_transformers.json"), """{ "similarity_fn_name": "hyperbolic" }""");
        Assert.Contains(
            "hyperbolic", Assert.Throws<NotSupportedException>(() => TextEmbedder.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_the_place_of_a_folder_is_told_from_a_model_that_is_not_there()
    {
        CopyModel("st_mean");
        var error = Assert.Throws<DirectoryNotFoundException>(() => TextEmbedder.Load(Path.Combine(_folder, "model.safetensors")));
        Assert.Contains("is a file: give its folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_of_the_hub_that_is_not_in_the_cache_comes_with_the_command_that_fetches_it()
    {
        Assert.Contains("\"simile models pull some-one/no-such_model.2\"", Message("some-one/no-such_model.2"), StringComparison.Ordinal);
        Assert.DoesNotContain("models pull", Message("./no such/folder"), StringComparison.Ordinal);
        Assert.Contains(
            "The model name is empty", Assert.Throws<ArgumentException>(() => TextEmbedder.Load(" ")).Message, StringComparison.Ordinal);

        static string Message(string model) => Assert.Throws<DirectoryNotFoundException>(() => TextEmbedder.Load(model)).Message;
    }

    private void WriteLfsNote(string file) =>
        File.WriteAllText(
            Path.Combine(_folder, file), $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('5', 64)}\nsize 90868376\n");

    private void CopyModel(string name, string under = "")
    {
        var source = Assets.Require(Path.Combine(Golden, name));
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(_folder, under, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, File.ReadAllBytes(file));
        }
    }
}
