using Simile.Embedding;
using Simile.Models.Features;
using Simile.Storage;

namespace Simile;

/// <content>Opening.</content>
public sealed partial class Corpus
{
    /// <summary>Opens a corpus with a model by name. The model is loaded in the background.</summary>
    /// <param name="folder">The folder of the store. For writing, an empty or missing folder becomes a store.</param>
    /// <param name="model">
    /// A model for <see cref="MultimodalModel.Load"/>. Null: the model that made the vectors, or <see cref="TextEmbedder.BuiltIn"/> for an
    /// empty store.
    /// </param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="DirectoryNotFoundException">
    /// For reading, the folder does not exist. Or the model that made the vectors was moved or deleted.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The folder holds other files, its store is damaged, foreign or newer, or the model is not the one that made the vectors.
    /// </exception>
    /// <exception cref="IOException">Another process is writing to the store, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written or read.</exception>
    public static Corpus Open(string folder, string? model = null, CorpusOptions? options = null) =>
        Open(folder, options, (store, given) => Load(store, model, given));

    /// <summary>Opens a corpus with a model of Simile. The caller keeps ownership of the model.</summary>
    /// <inheritdoc cref="Open(string, string, CorpusOptions)"/>
    public static Corpus Open(string folder, MultimodalModel model, CorpusOptions? options = null) =>
        Open(folder, CorpusModel.Create(model), options);

    /// <summary>Opens a corpus with any model. The caller keeps ownership of the model.</summary>
    /// <inheritdoc cref="Open(string, string, CorpusOptions)"/>
    public static Corpus Open(string folder, CorpusModel model, CorpusOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Open(folder, options, (store, _) =>
        {
            if (store.Model is { } made)
            {
                ThrowIfOther(store, made, model);
            }

            return ModelSource.Given(model);
        });
    }

    /// <summary>Verifies the checksums of everything in a store. A search verifies only what it reads.</summary>
    /// <param name="folder">The folder of the store. It is only read.</param>
    /// <param name="cancellationToken">Checked between tables.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// The folder holds no store, a newer one, or one so damaged that it cannot be opened.
    /// </exception>
    public static Task<CorpusCheck> CheckAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return Task.Run(() => StoreCheck.Run(Path.GetFullPath(folder), cancellationToken), cancellationToken);
    }

    /// <summary>Gives the disk back what removed items used. Searches go on meanwhile.</summary>
    /// <param name="folder">The folder of the store.</param>
    /// <param name="cancellationToken">Checked before it begins.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">The folder holds no store, a newer one, or a damaged one.</exception>
    /// <exception cref="IOException">Another program writes to the store, or the disk has no room for a copy of what remains.</exception>
    public static Task VacuumAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return Task.Run(() => StoreUpkeep.Vacuum(Path.GetFullPath(folder)), cancellationToken);
    }

    /// <summary>Copies a store, as it is at one moment, while it is searched and written.</summary>
    /// <param name="folder">The folder of the store.</param>
    /// <param name="target">The folder of the copy. It does not exist yet, or is empty.</param>
    /// <param name="cancellationToken">Checked before it begins.</param>
    /// <exception cref="DirectoryNotFoundException">The store does not exist.</exception>
    /// <exception cref="InvalidDataException">The folder holds no store, or the target holds files.</exception>
    /// <exception cref="IOException">The copy cannot be written.</exception>
    public static Task BackUpAsync(string folder, string target, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentException.ThrowIfNullOrWhiteSpace(target);
        return Task.Run(() => StoreUpkeep.BackUp(Path.GetFullPath(folder), Path.GetFullPath(target)), cancellationToken);
    }

    /// <summary>Opens a corpus in memory that is lost on disposal. A search waits for a batch that is being written.</summary>
    /// <param name="model">A model for <see cref="MultimodalModel.Load"/>; null for <see cref="TextEmbedder.BuiltIn"/>.</param>
    /// <param name="options">Null for the defaults. The access option is ignored.</param>
    public static Corpus OpenTemporary(string? model = null, CorpusOptions? options = null) =>
        Open(options, _ => Store.OpenTemporary(), (_, given) => ModelSource.Load(model ?? TextEmbedder.BuiltIn, given.PreloadTexts));

    /// <summary>Opens a corpus in memory with any model. The caller keeps ownership of the model.</summary>
    /// <inheritdoc cref="OpenTemporary(string, CorpusOptions)"/>
    public static Corpus OpenTemporary(CorpusModel model, CorpusOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Open(options, _ => Store.OpenTemporary(), (_, _) => ModelSource.Given(model));
    }

    /// <summary>Opens a corpus whose model the caller is loading and will dispose.</summary>
    internal static Corpus Open(string folder, ModelSource model, CorpusOptions options) =>
        Open(folder, options with { Access = CorpusAccess.ReadWrite }, (_, _) => model.Shared());

    private static Corpus Open(string folder, CorpusOptions? options, Func<Store, CorpusOptions, ModelSource> model) =>
        Open(options, given => Store.Open(folder, given.Access), model);

    private static Corpus Open(CorpusOptions? options, Func<CorpusOptions, Store> open, Func<Store, CorpusOptions, ModelSource> model)
    {
        options ??= new CorpusOptions();
        options.Sync.Validate();
        var store = open(options);
        try
        {
            return new Corpus(store, model(store, options), options);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static ModelSource Load(Store store, string? model, CorpusOptions options)
    {
        if (store.Model is not { } made)
        {
            return ModelSource.Load(model ?? TextEmbedder.BuiltIn, options.PreloadTexts);
        }

        model ??= Where(store, made);
        var fingerprint = ModelFingerprint.Build(model);
        ThrowIfOther(store, made, made with { Name = HubCache.Locate(model), Settings = fingerprint });
        return ModelSource.Load(model, options.PreloadTexts, fingerprint);
    }

    private static void ThrowIfOther(Store store, StoreModel made, CorpusModel model) =>
        ThrowIfOther(store, made, new StoreModel(model.Name, model.Dimensions, model.Fingerprint));

    private static void ThrowIfOther(Store store, StoreModel made, StoreModel given)
    {
        if (!made.IsSameAs(given))
        {
            throw StoreFailures.AnotherModel(store.Place, made, given.Name);
        }
    }

    private static string Where(Store store, StoreModel made) =>
        PictureResize.Split(made.Name).Model is TextEmbedder.BuiltIn || FeatureModel.Is(made.Name)
        || Path.Exists(HubCache.Locate(PictureResize.Split(made.Name).Model))
            ? made.Name
            : throw StoreFailures.ModelIsGone(store.Place, made);
}
