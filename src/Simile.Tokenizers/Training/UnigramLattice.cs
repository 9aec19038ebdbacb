using Simile.Tokenizers.Models;

namespace Simile.Tokenizers.Training;

/// <summary>All segmentations of words into the pieces of one vocabulary.</summary>
/// <remarks>Thread-safe. The edges of a word are computed position by position. A character without a piece is the edge -1.</remarks>
internal sealed class UnigramLattice
{
    private const double UnknownPenalty = 10;
    private readonly PieceTrie _trie;
    private readonly double[] _scores;
    private readonly double _unknown;

    public UnigramLattice(IReadOnlyList<ScoredText> pieces)
    {
        _trie = PieceTrie.Build(pieces.Count, id => pieces[id].Text);
        _scores = [.. pieces.Select(piece => piece.Score)];
        _unknown = _scores.Min() - UnknownPenalty;
    }

    /// <summary>Number of pieces.</summary>
    public int Count => _scores.Length;

    /// <summary>
    /// Adds the expected counts of all pieces in a word with <paramref name="count"/> occurrences to <paramref name="expected"/>.
    /// </summary>
    /// <returns>The logarithm of the word's probability.</returns>
    public double AddExpected(string word, double count, double[] expected, List<Edge> edges)
    {
        FindEdges(word, edges);
        Span<double> before = word.Length < 256 ? stackalloc double[word.Length + 1] : new double[word.Length + 1];
        Span<double> after = word.Length < 256 ? stackalloc double[word.Length + 1] : new double[word.Length + 1];
        before.Fill(double.NegativeInfinity);
        after.Fill(double.NegativeInfinity);
        before[0] = after[^1] = 0;
        foreach (var edge in edges)
        {
            before[edge.End] = LogAdd(before[edge.End], before[edge.Start] + edge.Score);
        }

        for (var i = edges.Count - 1; i >= 0; i--)
        {
            after[edges[i].Start] = LogAdd(after[edges[i].Start], after[edges[i].End] + edges[i].Score);
        }

        foreach (var edge in edges)
        {
            if (edge.Id >= 0)
            {
                expected[edge.Id] += count * Math.Exp(before[edge.Start] + edge.Score + after[edge.End] - before[^1]);
            }
        }

        return before[^1];
    }

    /// <summary>The most probable segmentation of a word, last piece first.</summary>
    /// <param name="word">The word.</param>
    /// <param name="without">A piece to exclude, or -2.</param>
    /// <param name="edges">A buffer.</param>
    /// <param name="best">Receives the ids of the pieces; -1 stands for a character without one.</param>
    public void FindBest(string word, int without, List<Edge> edges, List<int> best)
    {
        FindEdges(word, edges);
        best.Clear();
        Span<(double Score, int Edge)> places = word.Length < 256
            ? stackalloc (double, int)[word.Length + 1]
            : new (double, int)[word.Length + 1];
        places.Fill((double.NegativeInfinity, -1));
        places[0].Score = 0;
        for (var i = 0; i < edges.Count; i++)
        {
            var edge = edges[i];
            var score = places[edge.Start].Score + edge.Score;
            if (edge.Id != without && score > places[edge.End].Score)
            {
                places[edge.End] = (score, i);
            }
        }

        for (var end = word.Length; end > 0; end = edges[places[end].Edge].Start)
        {
            best.Add(edges[places[end].Edge].Id);
        }
    }

    private void FindEdges(string word, List<Edge> edges)
    {
        edges.Clear();
        for (var start = 0; start < word.Length;)
        {
            var units = char.IsHighSurrogate(word[start]) ? 2 : 1;
            var hasSingle = false;
            var node = PieceTrie.Root;
            for (var end = start; end < word.Length && (node = _trie.Step(node, word[end])) > 0;)
            {
                end++;
                if (_trie.IdAt(node) is >= 0 and var id)
                {
                    edges.Add(new Edge(start, end, id, _scores[id]));
                    hasSingle |= end - start == units;
                }
            }

            if (!hasSingle)
            {
                edges.Add(new Edge(start, start + units, -1, _unknown));
            }

            start += units;
        }
    }

    private static double LogAdd(double a, double b)
    {
        var (less, more) = a < b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(less) || less < more - 50 ? more : more + Math.Log(1 + Math.Exp(less - more));
    }

    /// <summary>A piece at a position of the word.</summary>
    internal readonly record struct Edge(int Start, int End, int Id, double Score);
}
