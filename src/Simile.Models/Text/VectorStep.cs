using System.Numerics.Tensors;
using System.Text.Json;
using Simile.Models.Checkpoints;

namespace Simile.Models.Text;

/// <summary>A sentence-transformers module that transforms a pooled vector.</summary>
internal abstract class VectorStep
{
    /// <summary>The output size for the input size <paramref name="input"/>.</summary>
    /// <exception cref="InvalidDataException">The step expects another input size.</exception>
    public abstract int Output(int input);

    /// <summary>Transforms <paramref name="input"/>.</summary>
    public abstract void Apply(ReadOnlySpan<float> input, Span<float> output);
}

/// <summary>Normalize: divides the vector by its length.</summary>
internal sealed class NormalizeStep : VectorStep
{
    /// <inheritdoc/>
    public override int Output(int input) => input;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> input, Span<float> output)
    {
        input.CopyTo(output);
        Pooling.Normalize(output);
    }
}

/// <summary>LayerNorm: subtracts the mean and divides by the standard deviation.</summary>
internal sealed class LayerNormStep(float[] scale, float[] shift) : VectorStep
{
    /// <inheritdoc/>
    public override int Output(int input) => input == scale.Length && input == shift.Length ? input
        : throw new InvalidDataException($"The module LayerNorm is {scale.Length} wide, but gets vectors of {input}.");

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> input, Span<float> output)
    {
        TensorPrimitives.Subtract(input, TensorPrimitives.Sum(input) / input.Length, output);
        var variance = TensorPrimitives.SumOfSquares<float>(output) / input.Length;
        TensorPrimitives.Divide(output, MathF.Sqrt(variance + 1e-5f), output);
        TensorPrimitives.MultiplyAdd(output, scale, shift, output);
    }
}

/// <summary>Dense: a linear layer with an activation.</summary>
internal sealed class DenseStep : VectorStep
{
    private readonly float[] _weight;
    private readonly float[] _bias;
    private readonly int _input;
    private readonly string _activation;

    private DenseStep(float[] weight, float[] bias, string activation) =>
        (_weight, _bias, _input, _activation) = (weight, bias, weight.Length / bias.Length, activation);

    /// <summary>Loads the module from its folder.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or the activation is unknown.</exception>
    public static DenseStep Load(ModelFolder folder)
    {
        using var config = folder.Json("config.json");
        return Read(folder, ActivationName(config.RootElement, folder.File("config.json")));
    }

    /// <summary>Loads the linear layer that ColBERT's authors store beside the network.</summary>
    /// <exception cref="InvalidDataException">The layer is missing or damaged.</exception>
    public static DenseStep Projection(ModelFolder folder) => Read(folder, "Identity");

    private static DenseStep Read(ModelFolder folder, string activation)
    {
        using var checkpoint = folder.OpenCheckpoint();
        var weight = checkpoint["linear.weight"];
        if (weight.Shape is not [> 0, > 0])
        {
            throw new InvalidDataException($"{folder.Path}: linear.weight must be a matrix.");
        }

        var bias = checkpoint.Find("linear.bias")?.ToFloats().ToArray() ?? new float[weight.Shape[0]];
        if (bias.Length != weight.Shape[0])
        {
            throw new InvalidDataException($"{folder.Path}: linear.bias has {bias.Length} numbers, not {weight.Shape[0]}.");
        }

        return new DenseStep(weight.ToFloats().ToArray(), bias, activation);
    }

    /// <inheritdoc/>
    public override int Output(int input) => input == _input ? _bias.Length
        : throw new InvalidDataException($"The module Dense takes vectors of {_input}, but gets {input}.");

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> input, Span<float> output)
    {
        for (var j = 0; j < output.Length; j++)
        {
            output[j] = _bias[j] + TensorPrimitives.Dot(input, _weight.AsSpan(j * _input, _input));
        }

        switch (_activation)
        {
            case "Tanh":
                TensorPrimitives.Tanh(output, output);
                break;
            case "ReLU":
                TensorPrimitives.Max(output, 0f, output);
                break;
            case "Sigmoid":
                TensorPrimitives.Sigmoid(output, output);
                break;
        }
    }

    private static string ActivationName(JsonElement config, string path)
    {
        var name = JsonFile.Text(config, "activation_function")?.Split('.')[^1] ?? "Tanh";
        return name is "Tanh" or "ReLU" or "Sigmoid" or "Identity" ? name
            : throw new InvalidDataException($"{path} asks for the activation \"{name}\", which is unknown.");
    }
}
