using Microsoft.ML.OnnxRuntime;

namespace Simile.Models;

/// <content>From pixels to vectors.</content>
public sealed partial class ImageEmbedder
{
    // The inputs of SigLIP 2's network besides the patches.
    private const string PatchMask = "pixel_attention_mask";
    private const string PatchShapes = "spatial_shapes";

    private void Run(float[] pictures, int width, int height, List<float[]> vectors)
    {
        using var outputs = _takesPatches ? RunPatches(pictures, width, height) : RunPixels(pictures, vectors.Count, width, height);
        var values = outputs[0].GetTensorDataAsSpan<float>();
        var size = values.Length / vectors.Count;
        for (var i = 0; i < vectors.Count; i++)
        {
            Take(values.Slice(i * size, size), vectors[i]);
            if (_options.Normalize)
            {
                Pooling.Normalize(vectors[i]);
            }
        }
    }

    private IDisposableReadOnlyCollection<OrtValue> RunPixels(float[] pictures, int count, int width, int height)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(pictures, [count, 3, height, width]);
        return _model.Run([_model.Inputs[0]], [input], [_output]);
    }

    // Each picture has its own size, so it runs alone and has no padding patches.
    private IDisposableReadOnlyCollection<OrtValue> RunPatches(float[] picture, int width, int height)
    {
        var patch = Processor.Options.PatchSize;
        var (rows, columns) = (height / patch, width / patch);
        var mask = new int[rows * columns];
        Array.Fill(mask, 1);
        using var patches = OrtValue.CreateTensorValueFromMemory(
            PatchRows.Flatten(picture, width, height, patch), [1, mask.Length, 3L * patch * patch]);
        using var seen = OrtValue.CreateTensorValueFromMemory(mask, [1, mask.Length]);
        using var shapes = OrtValue.CreateTensorValueFromMemory(new long[] { rows, columns }, [1, 2]);
        return _model.Run([_model.Inputs[0], PatchMask, PatchShapes], [patches, seen, shapes], [_output]);
    }

    // A vector, the first patch, or the mean of each channel over the picture.
    private void Take(ReadOnlySpan<float> values, Span<float> vector)
    {
        if (_shape.Length < 4)
        {
            values[..vector.Length].CopyTo(vector);
            return;
        }

        var places = values.Length / vector.Length;
        for (var c = 0; c < vector.Length; c++)
        {
            var sum = 0.0;
            foreach (var value in values.Slice(c * places, places))
            {
                sum += value;
            }

            vector[c] = (float)(sum / places);
        }
    }
}
