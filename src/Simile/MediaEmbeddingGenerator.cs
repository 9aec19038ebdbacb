using Microsoft.Extensions.AI;
using Simile.Audio;
using Simile.Embedding;
using Simile.Imaging;
using Simile.Models.Text;
using Simile.Numerics;

namespace Simile;

/// <summary>Pictures and sounds to vectors: an embedding generator of <see cref="DataContent"/>, in the space of the texts of the same model.</summary>
/// <remarks>
/// Thread-safe; a call with many pictures keeps all cores busy. The media type tells pictures (<c>image/…</c>) from sounds (<c>audio/…</c>). The vector of a
/// sound in parts is their mean, as for files. A generator that loaded its model owns it; a model that was given stays the caller's.
/// </remarks>
public sealed class MediaEmbeddingGenerator : IEmbeddingGenerator<DataContent, Embedding<float>>
{
    private readonly JointModel _model;
    private readonly bool _owned;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>A generator over a model, which stays the caller's.</summary>
    public MediaEmbeddingGenerator(JointModel model)
        : this(model, owned: false)
    {
    }

    private MediaEmbeddingGenerator(JointModel model, bool owned)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _owned) = (model, owned);
        _metadata = new EmbeddingGeneratorMetadata("simile", null, model.Name, model.Dimensions);
    }

    /// <summary>Loads a model and owns it.</summary>
    /// <param name="model">What <see cref="JointModel.Load"/> takes.</param>
    public static MediaEmbeddingGenerator Load(string model = TextEmbedder.BuiltIn) => new(JointModel.Load(HubCache.Locate(model)), owned: true);

    /// <summary>The vectors of pictures and sounds, in their order.</summary>
    /// <param name="values">The files' contents with their media types. Addresses are not fetched.</param>
    /// <param name="options">Dimensions: the first so many components, brought back to length 1. ModelId, where given, must be this model's.</param>
    /// <param name="cancellationToken">Stops between two of them.</param>
    /// <exception cref="ArgumentException">A value is null or holds no bytes, or an option cannot be met.</exception>
    /// <exception cref="InvalidDataException">A value is no picture or sound that can be read.</exception>
    /// <exception cref="NotSupportedException">The model does not know the kind of a value.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<DataContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var dimensions = GenerationDimensions.Of(options, _model.Name, _model.Dimensions);
        var contents = values.ToArray();
        var vectors = new float[contents.Length][];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, contents.Length, parallel, (i, stop) =>
        {
            vectors[i] = Embed(contents[i], i, stop);
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);

        var now = DateTimeOffset.UtcNow;
        return new GeneratedEmbeddings<Embedding<float>>(vectors.Select(vector => new Embedding<float>(Cut(vector, dimensions)) { ModelId = _model.Name, CreatedAt = now }));
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType.IsInstanceOfType(_model) ? _model
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_owned)
        {
            _model.Dispose();
        }
    }

    private float[] Embed(DataContent? content, int index, CancellationToken cancellationToken)
    {
        if (content is null || content.Data.IsEmpty)
        {
            throw new ArgumentException($"Content {index} has no bytes: give a file's content with its media type, not an address.");
        }

        if (content.HasTopLevelMediaType("image"))
        {
            _model.Require(MediaKind.Image);
            return _model.EmbedImage(Picture.Load(content.Data.Span));
        }

        if (content.HasTopLevelMediaType("audio"))
        {
            _model.Require(MediaKind.Sound);
            return SoundParts.Embed(_model, Waveform.Load(content.Data), cancellationToken);
        }

        throw new NotSupportedException($"Content {index} is of the media type {content.MediaType}: only pictures (image/…) and sounds (audio/…) are embedded here.");
    }

    private static float[] Cut(float[] vector, int dimensions) =>
        dimensions == vector.Length ? vector : VectorMath.Normalize(vector.AsSpan(0, dimensions).ToArray());
}
