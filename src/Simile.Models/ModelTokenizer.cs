using Simile.Numerics.Files;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>Loads the tokenizer of a model without its network.</summary>
public static class ModelTokenizer
{
    private const string Gpt2 = "gpt2";

    /// <summary>Loads the tokenizer of a model folder, of a model in the hub's cache, of a model of OpenAI, or a tokenizer file.</summary>
    /// <param name="model">
    /// A folder, including one of sentence-transformers with its network in a subfolder; a name in the hub's cache; a file for
    /// <see cref="Tokenizer.Load(string)"/>; an encoding of tiktoken (<c>cl100k_base</c>) or a model that uses one (<c>gpt-4o</c>), whose
    /// ranks are read from NAME.tiktoken in the current folder, from tiktoken's cache, or from Microsoft's packages of vocabularies
    /// (Microsoft.ML.Tokenizers.Data.Cl100kBase, ….O200kBase) if the program references them.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no tokenizer.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static Tokenizer Load(string model)
    {
        var path = HubCache.Locate(model);
        if (!Path.Exists(path) && TiktokenEncoding.NameFor(model) is { } encoding)
        {
            // gpt2 is also a model on the hub.
            return PublishedEncoding.Find(encoding)
                ?? throw (encoding == Gpt2 ? ModelFolder.NotFound(model) : PublishedEncoding.Missing(encoding));
        }

        _ = HubCache.IsName(path) && !Path.Exists(path) ? throw ModelFolder.NotFound(model) : 0;
        RegularFile.Require(path);
        return Tokenizer.Load(File.Exists(Path.Combine(path, "modules.json")) ? ModelFolder.Find(path).Network().Path : path);
    }

    /// <summary>
    /// Loads a tokenizer as <see cref="Load"/> does. Files that are not on this machine are pulled from the hub first, without weights.
    /// </summary>
    /// <param name="model">What Load takes, or a name on the hub: OWNER/NAME, with @REVISION for a branch, tag or commit.</param>
    /// <param name="hub">Hub and cache; null for the environment's settings.</param>
    /// <param name="progress">Optional progress callback of the pull.</param>
    /// <param name="cancellationToken">Stops the pull.</param>
    /// <exception cref="HubException">The tokenizer cannot be pulled.</exception>
    public static Task<Tokenizer> LoadAsync(
        string model, HubOptions? hub = null, IProgress<HubProgress>? progress = null, CancellationToken cancellationToken = default) =>
        TiktokenEncoding.NameFor(model) is not (null or Gpt2) && !Path.Exists(model)
            ? Task.FromResult(Load(model))
            : HubClient.LoadAsync(model, Load, hub, progress, cancellationToken, HubFiles.Tokenizer);
}
