using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using Simile.Testing;
using ElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Simile.Models.Tests.Onnx;

public sealed class PageSweepTests : IDisposable
{
    private const int Width = 1024;

    private readonly string _path = Path.Combine(Assets.NewFolder(), "model.safetensors");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public void Pages_are_given_back_again_and_again_and_once_more_at_the_end()
    {
        using var checkpoint = WriteMatrix();
        using (new PageSweep(checkpoint))
        {
            for (var round = 0; round < 3; round++)
            {
                Read(checkpoint);
                Assert.True(
                    SpinWait.SpinUntil(() => ResidentPages.Bytes(_path) == 0, TimeSpan.FromMinutes(10)), "The pages stay where they are.");
            }

            Read(checkpoint);
        }

        Assert.Equal(0, ResidentPages.Bytes(_path));
    }

    [Fact]
    public void A_network_that_stands_has_its_matrix_once_and_multiplies_with_it()
    {
        var checkpoint = WriteMatrix();
        var expected = Read(checkpoint);
        var graph = new GraphBuilder();
        var x = graph.Input("x", ElementType.Float, "n", Width.ToString());
        graph.Output("y", graph.MatMul(x, checkpoint["w"]), ElementType.Float, "n", Width.ToString());
        using var model = graph.Build(null, checkpoint);
        Assert.InRange(ResidentPages.Bytes(_path), 0, Width * Width); // a quarter
        using var one = OrtValue.CreateTensorValueFromMemory([1, .. new float[Width - 1]], [1, Width]);
        using var column = model.Run(["x"], [one], ["y"]);
        Assert.Equal(expected, column[0].GetTensorDataAsSpan<float>().ToArray());
    }

    // The first column.
    private static float[] Read(Checkpoint checkpoint)
    {
        var values = checkpoint["w"].ToFloats();
        return [.. Enumerable.Range(0, Width).Select(row => values.Span[row * Width])];
    }

    private Checkpoint WriteMatrix()
    {
        var values = FormulaWeights.Noise("w", Width * Width, 0, 1);
        SafeTensorsWriter.Write(
            _path, [new TensorPart("w", DType.F32, [Width, Width], () => MemoryMarshal.AsBytes(values.AsSpan()).ToArray())]);
        return SafeTensors.Open(_path);
    }
}
