
namespace Simile.Models.Tables;

/// <summary>The models of a table's texts and pictures, each loaded once, when it is first needed. Owns them.</summary>
internal sealed class TableModels : IDisposable
{
    private readonly Dictionary<string, MultimodalModel> _models = new(StringComparer.Ordinal);

    /// <summary>The folder that paths of pictures begin at; empty for the current one.</summary>
    public string Root { get; set; } = string.Empty;

    /// <summary>The pictures that could not be read.</summary>
    public List<RefusedFile> Refused { get; } = [];

    /// <summary>A model by its name or folder; the built-in one for null.</summary>
    public MultimodalModel Of(string? name)
    {
        name ??= TextEmbedder.BuiltIn;
        return _models.TryGetValue(name, out var model) ? model : _models[name] = MultimodalModel.Load(name);
    }

    public void Dispose()
    {
        foreach (var model in _models.Values)
        {
            model.Dispose();
        }
    }
}
