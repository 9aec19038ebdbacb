using Simile.Numerics.Files;
using Simile.Tokenizers;

namespace Simile.Models;

/// <summary>Loads the tokenizer of a model without its network.</summary>
public static class ModelTokenizer
{
    /// <summary>Loads the tokenizer of a model folder, of a model in the hub's cache, or a tokenizer file.</summary>
    /// <param name="model">
    /// A folder, including one of sentence-transformers with its network in a subfolder; a name in the hub's cache; or a file for
    /// <see cref="Tokenizer.Load(string)"/>.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no tokenizer.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static Tokenizer Load(string model)
    {
        var path = HubCache.Locate(model);
        RegularFile.Require(path);
        return Tokenizer.Load(File.Exists(Path.Combine(path, "modules.json")) ? ModelFolder.Find(path).Network().Path : path);
    }
}
