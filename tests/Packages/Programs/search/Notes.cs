using Simile;
using Simile.Indexing;
using Simile.Models;

namespace Search;

/// <summary>A folder, searched. The packages are this library's; the web project refers to the library alone.</summary>
public sealed class Notes(JointModel model, string folder) : IDisposable
{
    private readonly Store _store = Fill(model, folder);

    public JointModel Model { get; } = model;

    public string Find(string query)
    {
        var hit = _store.Search(Model.Texts.Embed(query), top: 1)[0];
        return $"{Path.GetFileName(hit.Path)}:{hit.Line}";
    }

    public void Dispose() => _store.Dispose();

    private static Store Fill(JointModel model, string folder)
    {
        var store = Store.OpenTemporary();
        new FolderIndexer(store, model.Texts, model.Texts.Tokenizer).Index([folder]);
        return store;
    }
}
