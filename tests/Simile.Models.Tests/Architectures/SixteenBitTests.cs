using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using Simile.Testing;
using ElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Simile.Models.Tests.Architectures;

/// <summary>Checkpoints of 16 bits beside the same numbers in 32.</summary>
public class SixteenBitTests
{
    [Theory]
    [InlineData(DType.F16)]
    [InlineData(DType.BF16)]
    internal void Rows_of_a_table_are_exact_and_the_table_is_not_copied(DType type)
    {
        const int Rows = 4096;
        const int Columns = 256;
        var table = Narrow(GraphBuilderTests.Floats("t", [Rows, Columns], (i, _) => i % 1021 / 7f), type);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var graph = new GraphBuilder();
        var ids = graph.Input("ids", ElementType.Int64, "n");
        graph.Output("rows", graph.Rows(ids, table), ElementType.Float, "n", $"{Columns}");
        using var model = graph.Build();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Rows * Columns);

        using var three = OrtValue.CreateTensorValueFromMemory(new long[] { 4095, 0, 7 }, [3]);
        using var results = model.Run(["ids"], [three], ["rows"]);
        var all = table.ToFloats();
        Assert.Equal(
            [.. all[^Columns..].Span, .. all[..Columns].Span, .. all.Slice(7 * Columns, Columns).Span],
            results[0].GetTensorDataAsSpan<float>().ToArray());
    }

    [Theory]
    [InlineData("albert")]
    [InlineData("bert_pooler")]
    [InlineData("deberta_v2")]
    [InlineData("distilbert")]
    [InlineData("gemma3_bidirectional")]
    [InlineData("mpnet")]
    [InlineData("nomic_bert")]
    [InlineData("qwen3_right")]
    [InlineData("roberta")]
    [InlineData("t5_encoder_relu")]
    public void A_network_of_16_bits_says_what_the_same_numbers_say_in_32(string name)
    {
        var folder = Assets.Require(Path.Combine("golden/architectures", name));
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")));
        using var checkpoint = ModelFolder.Find(folder).OpenCheckpoint();
        foreach (var type in (DType[])[DType.F16, DType.BF16])
        {
            var narrow = checkpoint.Tensors.Values.Select(tensor => tensor.Type == DType.F32 ? Narrow(tensor, type) : tensor)
                .ToDictionary(tensor => tensor.Name);
            var wide = narrow.Values.Select(tensor => tensor.Type == type ? Widened(tensor) : tensor).ToDictionary(tensor => tensor.Name);
            var (expected, actual) = (Run(config.RootElement, wide), Run(config.RootElement, narrow));
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected, (value, i) => Assert.Equal(value, actual[i], 1e-4f * Math.Max(1, Math.Abs(value))));
        }
    }

    private static float[] Run(JsonElement config, Dictionary<string, Tensor> tensors)
    {
        using var model = TextNetwork.Build(config, new Checkpoint(tensors), ["last_hidden_state"]);
        long[] shape = [2, 5];
        using var outputs = model.Run(
            input => OrtValue.CreateTensorValueFromMemory(
                input switch
                {
                    "input_ids" => [5L, 6, 7, 8, 9, 9, 8, 7, 1, 1],
                    "attention_mask" => [1, 1, 1, 1, 1, 1, 1, 1, 0, 0],
                    "position_ids" => [0, 1, 2, 3, 4, 0, 1, 2, 3, 4],
                    _ => new long[10],
                },
                shape),
            ["last_hidden_state"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static Tensor Narrow(Tensor tensor, DType type)
    {
        var values = tensor.ToFloats().ToArray();
        var narrow = Array.ConvertAll(values, value =>
            type == DType.F16 ? BitConverter.HalfToUInt16Bits((Half)value) : (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
        return new Tensor(tensor.Name, type, tensor.Shape, MemoryMarshal.AsBytes(narrow.AsSpan()).ToArray());
    }

    private static Tensor Widened(Tensor tensor) =>
        new(tensor.Name, DType.F32, tensor.Shape, MemoryMarshal.AsBytes(tensor.ToFloats().Span).ToArray());
}
