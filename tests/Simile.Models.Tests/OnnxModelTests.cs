using System.Buffers;
using System.Runtime.InteropServices;
using Google.Protobuf;
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
    public void Inputs_are_freed_also_where_one_of_them_cannot_be_made()
    {
        using var model = OnnxModel.Load(Assets.Require("models/use-lite-en/model_int8.onnx"));
        using IMemoryOwner<long> memory = new CountedPins();
        var pins = (CountedPins)memory;
        Assert.Throws<InvalidOperationException>(() => model.Run(Make, model.Outputs));
        Assert.Equal((1, 0), (pins.Pinned, pins.Held));

        OrtValue Make(string name) =>
            pins.Pinned == 0
                ? OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, pins.Memory, [1, 1])
                : throw new InvalidOperationException();
    }

    [Fact]
    public void An_id_outside_the_vocabulary_ends_in_a_sentence()
    {
        using var model = OnnxModel.Load(Assets.Require("models/use-lite-en/model_int8.onnx"));
        using var ids = OrtValue.CreateTensorValueFromMemory(new long[] { 1_000_000 }, [1, 1]);
        using var mask = OrtValue.CreateTensorValueFromMemory(new long[] { 1 }, [1, 1]);
        Assert.Throws<InvalidDataException>(() => model.Run(["input_ids", "attention_mask"], [ids, mask], ["sentence_embedding"]));
    }

    [Theory]
    [InlineData("squared")]
    [InlineData("/avgpool/Mul")]
    [InlineData("avgpool")]
    public void A_value_inside_a_ready_network_is_had_by_its_own_name_its_node_s_or_its_module_s(string layer)
    {
        var path = WriteSquareAndNegative();
        var (model, output) = OnnxModel.LoadWithInner(path, layer);
        using (model)
        {
            using var x = OrtValue.CreateTensorValueFromMemory(new float[] { 3, -4 }, [2]);
            using var results = model.Run(["x"], [x], [output]);
            Assert.Equal([9f, 16f], results[0].GetTensorDataAsSpan<float>().ToArray());
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void A_layer_that_a_ready_network_does_not_have_is_named()
    {
        var path = WriteSquareAndNegative();
        Assert.Contains(
            "\"pool\"", Assert.Throws<ArgumentException>(() => OnnxModel.LoadWithInner(path, "pool")).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "not a network");
        Assert.Contains(
            path, Assert.Throws<InvalidDataException>(() => OnnxModel.LoadWithInner(path, "pool")).Message, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    // y = −x² in two nodes, which the optimizer tries to fuse into one.
    private static string WriteSquareAndNegative()
    {
        ValueInfoProto Vector(string name) => new()
        {
            Name = name,
            Type = new TypeProto
            {
                TensorType = new TypeProto.Types.Tensor
                {
                    ElemType = 1,
                    Shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "n" } } },
                },
            },
        };
        var graph = new GraphProto { Name = "test", Input = { Vector("x") }, Output = { Vector("y") } };
        graph.Node.Add(new NodeProto { Name = "/avgpool/Mul", OpType = "Mul", Input = { "x", "x" }, Output = { "squared" } });
        graph.Node.Add(new NodeProto { Name = "/head/Neg", OpType = "Neg", Input = { "squared" }, Output = { "y" } });
        var model = new ModelProto { IrVersion = 10, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 20 } } };
        var path = Path.Combine(Assets.NewFolder(), "model.onnx");
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }

    /// <summary>A number that knows how often it is pinned.</summary>
    private sealed unsafe class CountedPins : MemoryManager<long>
    {
        private readonly long* _number = (long*)NativeMemory.AllocZeroed(sizeof(long));

        public int Pinned { get; private set; }

        public int Held { get; private set; }

        public override Span<long> GetSpan() => new(_number, 1);

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            (Pinned, Held) = (Pinned + 1, Held + 1);
            return new MemoryHandle(_number, default, this);
        }

        public override void Unpin() => Held--;

        protected override void Dispose(bool disposing) => NativeMemory.Free(_number);
    }
}
