namespace Simile.Models.Architectures;

/// <summary>The ids of several texts, concatenated for <see cref="UniversalSentenceEncoderGraph"/>.</summary>
internal sealed class UniversalSentenceEncoderBatch
{
    private readonly int[] _starts;
    private readonly int[] _slots;

    /// <summary>Concatenates texts. None may be empty.</summary>
    public UniversalSentenceEncoderBatch(IReadOnlyList<int[]> texts)
    {
        _starts = new int[texts.Count + 1];
        for (var i = 0; i < texts.Count; i++)
        {
            _starts[i + 1] = _starts[i] + texts[i].Length;
        }

        _slots = new int[_starts[^1]];
        var known = new Dictionary<int, int>();
        var position = 0;
        foreach (var id in texts.SelectMany(text => text))
        {
            if (!known.TryGetValue(id, out var slot))
            {
                known[id] = slot = Distinct.Count;
                Distinct.Add(id);
            }

            _slots[position++] = slot;
        }
    }

    /// <summary>Number of texts.</summary>
    public int Texts => _starts.Length - 1;

    /// <summary>Number of tokens.</summary>
    public int Tokens => _slots.Length;

    /// <summary>The distinct ids.</summary>
    public List<int> Distinct { get; } = [];

    /// <summary>For each token the index of its id in <see cref="Distinct"/>.</summary>
    public int[] Slots => _slots;

    /// <summary>The positions of the neighbors that an n-gram of each token covers.</summary>
    /// <returns>
    /// First: for each token and tap, the row of the first convolution's products (distinct id · order + tap).
    /// Second: for each token and tap, the token. Outside the text, both are the index after the last row, which is zero.
    /// </returns>
    public (int[] First, int[] Second) Windows(int order, int left)
    {
        var (first, second) = (new int[Tokens * order], new int[Tokens * order]);
        var outside = Distinct.Count;
        for (var text = 0; text < Texts; text++)
        {
            var (start, end) = (_starts[text], _starts[text + 1]);
            for (var token = start; token < end; token++)
            {
                for (var tap = 0; tap < order; tap++)
                {
                    var near = token + tap - left;
                    var inside = near >= start && near < end;
                    first[(token * order) + tap] = ((inside ? _slots[near] : outside) * order) + tap;
                    second[(token * order) + tap] = inside ? near : Tokens;
                }
            }
        }

        return (first, second);
    }

    /// <summary>The matrix [Texts, Tokens] that gives the sums of each text over √n, and √n itself.</summary>
    public (float[] Segments, float[] Roots) Sums()
    {
        var (segments, roots) = (new float[Texts * Tokens], new float[Texts]);
        for (var text = 0; text < Texts; text++)
        {
            var (start, length) = (_starts[text], _starts[text + 1] - _starts[text]);
            roots[text] = MathF.Sqrt(length);
            segments.AsSpan((text * Tokens) + start, length).Fill(1 / roots[text]);
        }

        return (segments, roots);
    }
}
