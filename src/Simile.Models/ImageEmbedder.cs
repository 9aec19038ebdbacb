using Simile.Imaging;
using Simile.Models.Onnx;
using Simile.Numerics;

namespace Simile.Models;

/// <summary>Embeds pictures with a model folder, a checkpoint or an ONNX file.</summary>
/// <remarks>
/// Thread-safe. A call with many pictures uses all cores: each decodes its own pictures and runs the network on them, so decoding
/// and computation overlap. Owns the network: dispose it.
/// </remarks>
public sealed partial class ImageEmbedder : IDisposable
{
    private readonly OnnxModel _model;
    private readonly string _output;
    private readonly ImageEmbedderOptions _options;
    private readonly int[] _shape;
    private readonly bool _takesPatches;

    internal ImageEmbedder(string name, OnnxModel model, string output, ImageProcessor processor, ImageEmbedderOptions options)
    {
        (Name, _model, _output, Processor, _options) = (name, model, output, processor, options);
        _takesPatches = model.Inputs.Contains(PatchShapes);
        if (!_takesPatches && model.InputShape(model.Inputs[0]) is not [_, 3 or < 0, _, _] and var input)
        {
            throw new NotSupportedException($"{name} takes [{string.Join(", ", input)}], not pictures [batch, 3, height, width].");
        }

        if (_takesPatches != (processor.Options.Resize == ImageResize.Patches)
            || (_takesPatches && model.InputShape(model.Inputs[0])[^1] != 3 * processor.Options.PatchSize * processor.Options.PatchSize))
        {
            throw new InvalidDataException(
                $"{name} does not match its preprocessor: only one of them uses patches of {processor.Options.PatchSize} "
                + $"x {processor.Options.PatchSize} pixels.");
        }

        if (!_takesPatches && model.InputShape(model.Inputs[0]) is [_, _, > 0 and var rows, > 0 and var columns]
            && processor.FixedSize is { } size && size != (columns, rows))
        {
            throw new InvalidDataException(
                $"{name} takes pictures of {columns} x {rows} pixels, but its preprocessor makes {size.Width} x {size.Height} of them.");
        }

        _shape = model.OutputShape(output);
        Dimensions = _shape switch
        {
            [_, > 0 and var width] => width,
            [_, _, > 0 and var width] => width,
            [_, > 0 and var channels, _, _] => channels,
            _ =>
                throw new InvalidDataException(
                    $"The network's output {output} is neither a vector, nor patches, nor a map of features: "
                    + $"its shape is [{string.Join(", ", _shape)}]."),
        };
    }

    /// <summary>The name that the model was loaded by.</summary>
    public string Name { get; }

    /// <summary>Components of each vector.</summary>
    public int Dimensions { get; }

    /// <summary>The preprocessing of pictures.</summary>
    public ImageProcessor Processor { get; }

    /// <summary>The source of the preprocessing, for display: the model's files, torchvision's preset of a network, …</summary>
    internal string ProcessorSource { get; init; } = "given";

    /// <summary>The preprocessing and its source, for display.</summary>
    internal string Preparation => $"{PicturePreparation.Of(Processor.Options)} ({ProcessorSource})";

    /// <summary>The vector of a picture file.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is not a readable picture.</exception>
    public float[] Embed(string path) => Embed(Picture.Load(path));

    /// <summary>The vector of a picture.</summary>
    public float[] Embed(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var (numbers, width, height) = MakeReady(picture);
        var vector = new float[Dimensions];
        Run(numbers, width, height, [vector]);
        return vector;
    }

    /// <summary>The vectors of files. Those that are no pictures that can be read are refused, and the rest is done.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    public MediaVectors Embed(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var vectors = new VectorMatrix(paths.Count, Dimensions);
        var size = Processor.FixedSize is null ? 1 : _options.BatchSize;
        var failures = new RefusedFile?[paths.Count];
        EachCore.Run(
            (paths.Count + size - 1) / size,
            batch => EmbedBatch(paths, batch * size, Math.Min((batch + 1) * size, paths.Count), vectors, failures),
            cancellationToken);
        return MediaVectors.Without(failures, vectors);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private (float[] Numbers, int Width, int Height) MakeReady(Picture picture)
    {
        var (width, height) = Processor.OutputSize(picture.Width, picture.Height);
        var numbers = new float[3 * width * height];
        Processor.Process(picture, numbers);
        return (numbers, width, height);
    }

    private void EmbedBatch(IReadOnlyList<string> paths, int start, int end, VectorMatrix vectors, RefusedFile?[] failures)
    {
        var pictures = new List<float[]>();
        var rows = new List<int>();
        var (width, height) = (0, 0);
        for (var i = start; i < end; i++)
        {
            try
            {
                (var numbers, width, height) = MakeReady(Picture.Load(paths[i]));
                pictures.Add(numbers);
                rows.Add(i);
            }
            catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
            {
                failures[i] = new RefusedFile(i, paths[i], e.Message);
            }
        }

        if (rows.Count > 0)
        {
            var results = rows.ConvertAll(_ => new float[Dimensions]);
            Run([.. pictures.SelectMany(p => p)], width, height, results);
            for (var i = 0; i < rows.Count; i++)
            {
                results[i].CopyTo(vectors[rows[i]]);
            }
        }
    }
}
