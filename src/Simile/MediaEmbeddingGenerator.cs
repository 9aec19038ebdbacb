using Microsoft.Extensions.AI;
using Simile.Audio;
using Simile.Embedding;
using Simile.Imaging;
using Simile.Models.Text;
using Simile.Numerics;

namespace Simile;

/// <summary>
/// Embeds pictures and sounds as an embedding generator of <see cref="DataContent"/>, in the same space as the model's texts.
/// </summary>
/// <remarks>
/// Thread-safe; a call with many pictures uses all cores. The media type distinguishes pictures (<c>image/…</c>) and sounds
/// (<c>audio/…</c>). The vector of a long sound is the mean of its parts, as for files. A generator that loaded its model owns it; a model
/// passed in stays the caller's.
/// </remarks>
public sealed class MediaEmbeddingGenerator : IEmbeddingGenerator<DataContent, Embedding<float>>
{
    private readonly MultimodalModel _model;
    private readonly bool _owned;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Creates a generator from a model. The caller keeps ownership of the model.</summary>
    public MediaEmbeddingGenerator(MultimodalModel model)
        : this(model, owned: false)
    {
    }

    private MediaEmbeddingGenerator(MultimodalModel model, bool owned)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _owned) = (model, owned);
        _metadata = new EmbeddingGeneratorMetadata("simile", null, model.Name, model.Dimensions);
    }

    /// <summary>Loads a model and owns it.</summary>
    /// <param name="model">A model for <see cref="MultimodalModel.Load"/>.</param>
    public static MediaEmbeddingGenerator Load(string model = TextEmbedder.BuiltIn) =>
        new(MultimodalModel.Load(HubCache.Locate(model)), owned: true);

    /// <summary>The vectors of pictures and sounds in order.</summary>
    /// <param name="values">The contents of files with their media types. URLs are not fetched.</param>
    /// <param name="options">Dimensions: keeps the first components and normalizes again. ModelId, if given, must be this model's.</param>
    /// <param name="cancellationToken">Checked between items.</param>
    /// <exception cref="ArgumentException">A value is null or has no bytes, or an option is invalid.</exception>
    /// <exception cref="InvalidDataException">A value is not a readable picture or sound.</exception>
    /// <exception cref="NotSupportedException">The model does not embed the kind of a value.</exception>
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
        return new GeneratedEmbeddings<Embedding<float>>(
            vectors.Select(vector => new Embedding<float>(Cut(vector, dimensions)) { ModelId = _model.Name, CreatedAt = now }));
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
            throw new ArgumentException($"Content {index} has no bytes: give a file's content with its media type, not a URL.");
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

        throw new NotSupportedException(
            $"Content {index} has the media type {content.MediaType}, which is not supported: "
            + "give a picture (image/…) or a sound (audio/…).");
    }

    private static float[] Cut(float[] vector, int dimensions) =>
        dimensions == vector.Length ? vector : VectorMath.Normalize(vector.AsSpan(0, dimensions).ToArray());
}
