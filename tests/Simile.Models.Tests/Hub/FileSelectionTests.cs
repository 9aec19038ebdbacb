using System.Text.Json;

namespace Simile.Models.Tests;

public sealed class FileSelectionTests
{
    [Theory]
    [InlineData("bert", "model.safetensors pytorch_model.bin onnx/model.onnx", "model.safetensors")]
    [InlineData("bert", "pytorch_model.bin tf_model.h5 flax_model.msgpack onnx/model.onnx", "pytorch_model.bin")]
    [InlineData("bert", "onnx/model.onnx onnx/model_quantized.onnx onnx/model.onnx_data", "onnx/model.onnx onnx/model.onnx_data")]
    [InlineData(
        "bert",
        "model.safetensors.index.json model-00001-of-00002.safetensors model-00002-of-00002.safetensors pytorch_model.bin",
        "model-00001-of-00002.safetensors model-00002-of-00002.safetensors model.safetensors.index.json")]
    [InlineData(
        "bert",
        "pytorch_model.bin.index.json pytorch_model-00001-of-00001.bin",
        "pytorch_model-00001-of-00001.bin pytorch_model.bin.index.json")]
    [InlineData("unheard-of", "model.safetensors onnx/model.onnx", "onnx/model.onnx")]
    [InlineData("unheard-of", "model.safetensors", "model.safetensors")]
    [InlineData("model2vec", "model.safetensors onnx/model.onnx", "model.safetensors")]
    [InlineData("bert", "model-Q4.gguf", "")]
    public void Weights_come_in_one_format(string family, string files, string expected) =>
        Assert.Equal(expected, Chosen(HubFiles.Model, $$"""{"model_type": "{{family}}"}""", null, files.Split(' ')));

    [Fact]
    public void Modules_are_chosen_with_their_weights_and_nothing_else_is() => Assert.Equal(
        "1_Pooling/config.json 2_Dense/config.json 2_Dense/model.safetensors README.md config.json config_sentence_transformers.json "
        + "model.safetensors modules.json sentence_bert_config.json tokenizer.json",
        Chosen(
            HubFiles.Model,
            """{"model_type": "bert"}""",
            """[{"path": ""}, {"path": "1_Pooling"}, {"path": "2_Dense"}]""",
            "config.json", "modules.json", "sentence_bert_config.json", "config_sentence_transformers.json",
            "tokenizer.json", "model.safetensors", "1_Pooling/config.json", "2_Dense/config.json",
            "2_Dense/model.safetensors", "2_Dense/pytorch_model.bin", "README.md", "train_script.py", "trainer_state.json",
            "openvino/openvino_model.bin", "rust_model.ot", "3_Other/config.json", ".gitattributes"));

    [Fact]
    public void A_tokenizer_needs_no_weights() => Assert.Equal(
        "config.json special_tokens_map.json tokenizer.model tokenizer_config.json",
        Chosen(
            HubFiles.Tokenizer, null, null, "config.json", "special_tokens_map.json", "tokenizer.model",
            "tokenizer_config.json", "model.safetensors", "generation_config.json", "README.md"));

    private static string Chosen(HubFiles wanted, string? config, string? modules, params string[] files) => string.Join(
        ' ',
        FileSelection.Of([.. files.Select(file => new RepositoryFile(file, 100, null))], wanted, Json(config), Json(modules))
            .Select(file => file.Path)
            .Order(StringComparer.Ordinal));

    private static JsonElement? Json(string? text) => text is null ? null : JsonDocument.Parse(text).RootElement;
}
