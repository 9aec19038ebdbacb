using Microsoft.ML.OnnxRuntime;
using Simile.Models.Onnx;
using Simile.Testing;

namespace Simile.Models.Tests;

public class OnnxModelTests
{
    [Fact]
    public void A_ready_network_runs_by_the_names_of_its_inputs()
    {
        using var model = OnnxModel.Load(Assets.Require("models/use-lite-en/model_int8.onnx"));
        using var ids = OrtValue.CreateTensorValueFromMemory(new long[] { 7, 8, 9 }, [1, 3]);
        using var mask = OrtValue.CreateTensorValueFromMemory(new long[] { 1, 1, 1 }, [1, 3]);
        using var results = model.Run(["input_ids", "attention_mask"], [ids, mask], ["sentence_embedding"]);
        var vector = results[0].GetTensorDataAsSpan<float>();
        Assert.Equal(512, vector.Length);
        Assert.Equal(1f, System.Numerics.Tensors.TensorPrimitives.Norm(vector), 1e-4f);
    }

    [Fact]
    public void A_broken_file_is_named()
    {
        var folder = Assets.NewFolder();
        var path = Path.Combine(folder, "model.onnx");
        File.WriteAllText(path, "not a network");
        var error = Assert.Throws<InvalidDataException>(() => OnnxModel.Load(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void An_id_outside_the_vocabulary_ends_in_a_sentence()
    {
        using var model = OnnxModel.Load(Assets.Require("models/use-lite-en/model_int8.onnx"));
        using var ids = OrtValue.CreateTensorValueFromMemory(new long[] { 1_000_000 }, [1, 1]);
        using var mask = OrtValue.CreateTensorValueFromMemory(new long[] { 1 }, [1, 1]);
        Assert.Throws<InvalidDataException>(() => model.Run(["input_ids", "attention_mask"], [ids, mask], ["sentence_embedding"]));
    }
}
