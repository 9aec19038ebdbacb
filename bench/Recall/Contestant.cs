using Simile.Index;
using Simile.Numerics;

/// <summary>
/// One of our indexes as named on the command line, "ivf" or with settings "ivf:nlist=1024+nprobe=16/32/64": how to build it, and its
/// search settings.
/// </summary>
internal sealed record Contestant(
    string Name, Func<VectorMatrix, Metric, VectorIndex> Build, (string Setting, Action<VectorIndex> Apply)[] Settings)
{
    public static Contestant Named(string name)
    {
        var words = new Words(name);
        return name.Split(':')[0] switch
        {
            "flat" => new(name, Flat, [("", _ => { })]),
            "ivf" => new(name, (vectors, metric) => IvfIndex.Build(vectors, metric, IvfOptionsOf(words)), IvfSettings(words)),
            "hnsw" => new(name, (vectors, metric) => Hnsw(vectors, metric, words), HnswSettings(words)),
            _ => throw new ArgumentException($"There is no index '{name}': there are {Peer.Name}, flat, ivf and hnsw."),
        };
    }

    private static FlatIndex Flat(VectorMatrix vectors, Metric metric)
    {
        var index = new FlatIndex(metric, vectors.Dimensions);
        index.Add(vectors);
        return index;
    }

    private static HnswIndex Hnsw(VectorMatrix vectors, Metric metric, Words words)
    {
        var defaults = new HnswOptions();
        var index = new HnswIndex(metric, vectors.Dimensions, defaults with
        {
            M = words.Number("m") ?? defaults.M,
            EfConstruction = words.Number("efc") ?? defaults.EfConstruction,
        });
        index.Add(vectors);
        return index;
    }

    private static (string, Action<VectorIndex>)[] HnswSettings(Words words) =>
    [
        .. from ef in words.Numbers("ef", [10, 14, 20, 28, 40, 56, 80, 110, 160, 240, 340, 480])
           select ($"ef {ef}", (Action<VectorIndex>)(index => ((HnswIndex)index).Ef = ef)),
    ];

    private static IvfOptions IvfOptionsOf(Words words)
    {
        var defaults = new IvfOptions();
        return new()
        {
            NList = words.Number("nlist"),
            Subspaces = words.Number("m"),
            Iterations = words.Number("rounds") ?? defaults.Iterations,
            TrainingVectors = words.Number("train") ?? defaults.TrainingVectors,
        };
    }

    private static (string, Action<VectorIndex>)[] IvfSettings(Words words) =>
    [
        .. from rescore in words.Numbers("rescore", [2, 4, 8])
           from probe in words.Numbers("nprobe", [4, 8, 16, 32, 64, 128])
           select ($"nprobe {probe} rescore {rescore}",
               (Action<VectorIndex>)(index => ((IvfIndex)index).NProbe = probe) + (index => ((IvfIndex)index).Rescore = rescore)),
    ];

    /// <summary>The settings after the colon.</summary>
    private sealed class Words(string name)
    {
        private readonly Dictionary<string, string> _values = name.Split(':').Skip(1).SelectMany(all => all.Split('+'))
            .Select(word => word.Split('=')).ToDictionary(word => word[0], word => word[1]);

        public int? Number(string key) => _values.TryGetValue(key, out var value) ? int.Parse(value) : null;

        public int[] Numbers(string key, int[] otherwise) =>
            _values.TryGetValue(key, out var value) ? [.. value.Split('/').Select(int.Parse)] : otherwise;
    }
}
