using System.Runtime.CompilerServices;

namespace Simile.Models.Words;

/// <summary>Trains on one chunk after another. Not thread-safe: each thread has its own instance.</summary>
internal sealed unsafe class ChunkTrainer
{
    private const int LongestSentence = 10_000;

    private readonly WordTrainer _shared;
    private readonly WordTrainingOptions _options;
    private readonly int _length;
    private readonly int[] _sentence = new int[LongestSentence];

    // Pinned, so pointers to them stay valid.
    private readonly float[] _hidden;
    private readonly float[] _error;
    private readonly float[] _scores;
    private readonly nint[] _rows;
    private readonly bool[] _labels;
    private nint[] _inputs;
    private TrainingRandom _random;
    private float _rate;

    public ChunkTrainer(WordTrainer shared)
    {
        (_shared, _options, _length) = (shared, shared.Options, shared.Input.Stride);
        var outputs = Math.Max(_options.Negative + 1, shared.Tree is null ? 0 : shared.Tree.Nodes.Max(nodes => nodes.Length));
        (_hidden, _error, _scores) = (Pinned<float>(_length), Pinned<float>(_length), Pinned<float>(outputs));
        (_rows, _labels) = (Pinned<nint>(outputs), new bool[outputs]);
        _inputs = Pinned<nint>(64);
    }

    /// <summary>Trains on the sentences of a chunk. The random numbers depend only on the seed and the chunk.</summary>
    public void Learn(ReadOnlySpan<int> tokens, long chunk, float rate)
    {
        (_random, _rate) = (TrainingRandom.For(_options.Seed, chunk), rate);
        var rows = _shared.Vocabulary.Rows;
        var (length, chances) = (0, _shared.ChancesToKeep);
        foreach (var token in tokens)
        {
            if (token == TokenCorpus.EndOfLine || length == LongestSentence)
            {
                LearnSentence(length);
                length = 0;
            }

            if (token != TokenCorpus.EndOfLine && rows[token] is >= 0 and var row
                && (chances[row] >= 1 || _random.NextSingle() < chances[row]))
            {
                _sentence[length++] = row;
            }
        }

        LearnSentence(length);
    }

    private void LearnSentence(int length)
    {
        for (var i = 0; i < length; i++)
        {
            var reach = _options.Window - _random.Next(_options.Window);
            var (start, end) = (Math.Max(0, i - reach), Math.Min(length, i + reach + 1));
            if (_options.Model == WordModel.Cbow)
            {
                LearnFromNeighbors(i, start, end);
            }
            else if (_shared.Ngrams is { } ngrams)
            {
                LearnNeighbors(ngrams[_sentence[i]], i, start, end);
            }
            else
            {
                LearnFromEach(i, start, end);
            }
        }
    }

    // Like gensim: each neighbor alone predicts the word.
    private void LearnFromEach(int word, int start, int end)
    {
        for (var j = start; j < end; j++)
        {
            if (j != word)
            {
                var row = _shared.Input[_sentence[j]];
                Predict(row, _sentence[word]);
                TrainingKernels.Add(&row, 1, 1, Address(_error), _length);
            }
        }
    }

    // Like fastText: the mean of a word and its n-grams predicts each neighbor.
    private void LearnNeighbors(int[] rows, int word, int start, int end)
    {
        Use(rows, 0);
        for (var j = start; j < end; j++)
        {
            if (j != word)
            {
                PredictFromMean(rows.Length, _sentence[j]);
            }
        }
    }

    private void LearnFromNeighbors(int word, int start, int end)
    {
        var count = 0;
        for (var j = start; j < end; j++)
        {
            if (j != word)
            {
                count = _shared.Ngrams is { } ngrams ? Use(ngrams[_sentence[j]], count) : Use(_sentence[j], count);
            }
        }

        if (count > 0)
        {
            PredictFromMean(count, _sentence[word]);
        }
    }

    private int Use(int[] rows, int count)
    {
        foreach (var row in rows)
        {
            count = Use(row, count);
        }

        return count;
    }

    private int Use(int row, int count)
    {
        if (count == _inputs.Length)
        {
            var larger = Pinned<nint>(2 * count);
            _inputs.CopyTo(larger, 0);
            _inputs = larger;
        }

        _inputs[count] = (nint)_shared.Input[row];
        return count + 1;
    }

    private void PredictFromMean(int inputs, int target)
    {
        var rows = (float**)Unsafe.AsPointer(ref _inputs[0]);
        TrainingKernels.Mean(rows, inputs, 1f / inputs, Address(_hidden), _length);
        Predict(Address(_hidden), target);
        TrainingKernels.Add(rows, inputs, 1, Address(_error), _length);
    }

    // One gradient step: updates the output rows and leaves the gradient of the input in _error.
    private void Predict(float* hidden, int target)
    {
        var count = _shared.Tree is { } tree ? TakePath(tree, target) : TakeSamples(target);
        var rows = (float**)Unsafe.AsPointer(ref _rows[0]);
        var scores = Address(_scores);
        TrainingKernels.Dot(hidden, rows, count, scores, _length);
        for (var k = 0; k < count; k++)
        {
            var score = scores[k];
            scores[k] = score is > -Sigmoid.Limit and < Sigmoid.Limit ? ((_labels[k] ? 1 : 0) - Sigmoid.Of(score)) * _rate : 0;
        }

        TrainingKernels.Update(hidden, rows, count, scores, Address(_error), _length);
    }

    private int TakeSamples(int target)
    {
        (_rows[0], _labels[0]) = ((nint)_shared.Output[target], true);
        var count = 1;
        for (var i = 0; i < _options.Negative; i++)
        {
            if (_shared.Negatives!.Draw(ref _random) is var word && word != target)
            {
                _rows[count++] = (nint)_shared.Output[word];
            }
        }

        return count;
    }

    private int TakePath(HuffmanTree tree, int target)
    {
        var (nodes, codes) = (tree.Nodes[target], tree.Codes[target]);
        for (var k = 0; k < nodes.Length; k++)
        {
            (_rows[k], _labels[k]) = ((nint)_shared.Output[nodes[k]], !codes[k]);
        }

        return nodes.Length;
    }

    private static T[] Pinned<T>(int length) => GC.AllocateArray<T>(length, pinned: true);

    private static float* Address(float[] pinned) => (float*)Unsafe.AsPointer(ref pinned[0]);
}
