using Simile;
using Simile.Models;

namespace Search;

/// <summary>A folder, searched. The package is this library's; the web project refers to the library alone.</summary>
public sealed class Notes(MultimodalModel model, string folder) : IAsyncDisposable
{
    private readonly Corpus _corpus = Corpus.OpenTemporary(CorpusModel.Create(model));
    private readonly SemaphoreSlim _filling = new(1);
    private bool _isFilled;

    public async Task<string> FindAsync(string query)
    {
        await FillAsync();
        var hits = await _corpus.SearchAsync(query, new SearchOptions { Top = 1 });
        return $"{Path.GetFileName(hits[0].Item.Path)}:{((PassageItem)hits[0].Item).Line}";
    }

    public async ValueTask DisposeAsync()
    {
        await _corpus.DisposeAsync();
        _filling.Dispose();
    }

    private async Task FillAsync()
    {
        await _filling.WaitAsync();
        try
        {
            if (!_isFilled)
            {
                await _corpus.SyncAsync([folder]);
                _isFilled = true;
            }
        }
        finally
        {
            _filling.Release();
        }
    }
}
