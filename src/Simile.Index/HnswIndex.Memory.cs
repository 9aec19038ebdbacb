using Simile.Index.Hnsw;

namespace Simile.Index;

public sealed partial class HnswIndex
{
    // Reserves space for a few more than a single added vector.
    private void Reserve(int more, bool inBytes, bool exactly)
    {
        var needed = (long)_graph.Used + Math.Max(0, more);
        if (needed <= _graph.Rows.Capacity && (inBytes || !_graph.Rows.InBytes))
        {
            return;
        }

        if (needed > int.MaxValue / 2)
        {
            throw new ArgumentException($"An index holds at most {int.MaxValue / 2:N0} vectors; this would be number {needed:N0}.");
        }

        var room = needed <= _graph.Rows.Capacity ? _graph.Rows.Capacity : (int)(exactly ? needed : needed + (needed / 16) + 16);
        Replace(old => Grown(old, room, inBytes && old.Rows.InBytes));
    }

    /// <summary>Copies an opened file's data into own memory before the first change.</summary>
    private void Own()
    {
        if (_file is null)
        {
            return;
        }

        var file = _file;
        Volatile.Write(ref _file, null); // who begins to search now need not look after it
        Replace(old => Grown(old, old.Used, old.Rows.InBytes));
        file.Dispose();
        Center();
    }

    private static Graph Grown(Graph old, int room, bool inBytes) => old with
    {
        Rows = old.Rows.Grown(room, old.Used, inBytes),
        Links = old.Links.Grown(room, old.Used),
        Ids = old.Ids.Grown(room, old.Used),
        SquaredNorms = old.SquaredNorms?.Grown(room, old.Used),
        CodeBytes = old.CodeBytes?.Grown((long)room * old.Codes!.Layout.Bytes, (long)old.Used * old.Codes.Layout.Bytes),
    };

    /// <summary>Replaces the current graph. Memory that the new one does not share is freed when no search can see it.</summary>
    private void Replace(Func<Graph, Graph> make)
    {
        var old = _graph;
        Volatile.Write(ref _graph, make(old));
        _readers.WaitForReaders();
        old.Release(_graph);
    }
}
