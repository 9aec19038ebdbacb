using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Text;

namespace Simile.Models.Words;

/// <summary>
/// The parameters of a classifier and the loop over lines: the mean of a line's rows, a softmax over the labels, and a gradient step on
/// both matrices.
/// </summary>
internal sealed class LabelTrainer : IDisposable
{
    private readonly TokenCorpus _corpus;
    private readonly FastTextClassifierOptions _options;
    private readonly int[][] _rows; // input rows of each word of the corpus
    private readonly int[] _hashes;
    private readonly int[] _labelOf; // label number of each corpus word; -1 for plain words
    private readonly int _words;
    private readonly int _endOfLine;
    private readonly long[] _wordsBefore;

    public LabelTrainer(TokenCorpus corpus, FastTextClassifierOptions options)
    {
        (_corpus, _options) = (corpus, options);
        Buckets = options.WordNgrams > 1 || options.MaxN > 0 ? options.Buckets : 0;
        var words = Sorted(id => !IsLabel(id) && corpus.Words[id] != FastTextFeatures.EndOfLine && corpus.Counts[id] >= options.MinCount);
        var labels = Sorted(IsLabel);
        if (labels.Length == 0)
        {
            throw new InvalidDataException(
                $"There are no labels in the text: a line must hold a word such as {FastTextFeatures.LabelPrefix}sport.");
        }

        // The end of a line is a word too; its count is the number of lines.
        _endOfLine = words.TakeWhile(id => corpus.Counts[id] >= corpus.Lines).Count();
        (_words, Labels) = (words.Length + 1, labels.Length);
        Entries =
        [
            .. words[.._endOfLine].Select(id => corpus.Words[id]),
            FastTextFeatures.EndOfLine,
            .. words[_endOfLine..].Select(id => corpus.Words[id]),
            .. labels.Select(id => corpus.Words[id]),
        ];
        Counts =
        [
            .. words[.._endOfLine].Select(id => corpus.Counts[id]),
            corpus.Lines,
            .. words[_endOfLine..].Select(id => corpus.Counts[id]),
            .. labels.Select(id => corpus.Counts[id]),
        ];
        (_rows, _hashes, _labelOf) =
            (new int[corpus.Words.Count][], [.. corpus.Words.Select(FastTextFeatures.Hash)], new int[corpus.Words.Count]);
        Array.Fill(_rows, []);
        Array.Fill(_labelOf, -1);
        FillRows(words, labels);
        Input = new NumberTable(_words + (long)Buckets, options.Dimensions);
        Output = new NumberTable(Labels, options.Dimensions);
        Input.Fill(options.Seed);
        _wordsBefore = new long[corpus.Chunks.Count + 1];
        for (var i = 0; i < corpus.Chunks.Count; i++)
        {
            _wordsBefore[i + 1] = _wordsBefore[i] + corpus.Chunks[i].Words;
        }
    }

    public int Buckets { get; }

    public int Labels { get; }

    /// <summary>Words, then labels.</summary>
    public string[] Entries { get; }

    public long[] Counts { get; }

    public NumberTable Input { get; }

    public NumberTable Output { get; }

    /// <summary>Runs all epochs on all threads.</summary>
    public void Run(IProgress<WordTrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var (next, chunks) = (-1L, (long)_corpus.Chunks.Count * _options.Epochs);
        var total = _options.Epochs * _wordsBefore[^1];
        var work = Enumerable.Range(0, _options.Threads > 0 ? _options.Threads : Environment.ProcessorCount)
            .Select(_ => Task.Factory.StartNew(
                () =>
                {
                    var learner = new Learner(this);
                    while (!cancellationToken.IsCancellationRequested && Interlocked.Increment(ref next) is var number && number < chunks)
                    {
                        var done = (number / _corpus.Chunks.Count * _wordsBefore[^1]) + _wordsBefore[number % _corpus.Chunks.Count];
                        learner.Learn(
                            _corpus.Of(_corpus.Chunks[(int)(number % _corpus.Chunks.Count)]),
                            number,
                            _options.Rate * (1 - ((double)done / total)),
                            (double)_options.Rate / total);
                        progress?.Report(new WordTrainingProgress("words learned", done, total));
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)).ToArray();
        Task.WaitAll(work, CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
    }

    private bool IsLabel(int id) => _corpus.Words[id].StartsWith(FastTextFeatures.LabelPrefix, StringComparison.Ordinal);

    private int[] Sorted(Func<int, bool> counts) =>
        [.. Enumerable.Range(0, _corpus.Words.Count).Where(counts).OrderByDescending(id => _corpus.Counts[id])];

    // Words below the minimum count have only their character n-grams.
    private void FillRows(int[] words, int[] labels)
    {
        var (subwords, buckets) = (new Subwords(_options.MinN, _options.MaxN, Buckets), new List<int>());
        for (var id = 0; id < _rows.Length; id++)
        {
            if (!IsLabel(id))
            {
                buckets.Clear();
                subwords.Add(Encoding.UTF8.GetBytes(_corpus.Words[id]), buckets);
                _rows[id] = [.. buckets.Select(bucket => _words + bucket)];
            }
        }

        for (var i = 0; i < words.Length; i++)
        {
            _rows[words[i]] = [i < _endOfLine ? i : i + 1, .. _rows[words[i]]];
        }

        for (var i = 0; i < labels.Length; i++)
        {
            _labelOf[labels[i]] = i;
        }
    }

    /// <summary>Buffers of one thread.</summary>
    private sealed unsafe class Learner
    {
        private static readonly int EndOfLineHash = FastTextFeatures.Hash(FastTextFeatures.EndOfLine);
        private readonly LabelTrainer _shared;
        private readonly float[] _hidden;
        private readonly float[] _error;
        private readonly float[] _scores;
        private readonly nint[] _outputs;
        private readonly List<int> _features = [];
        private readonly List<int> _hashes = [];
        private readonly List<int> _runs = [];
        private readonly List<int> _labels = [];
        private nint[] _inputs = GC.AllocateArray<nint>(64, pinned: true);
        private TrainingRandom _random;

        public Learner(LabelTrainer shared)
        {
            _shared = shared;
            _hidden = GC.AllocateArray<float>(shared.Input.Stride, pinned: true);
            _error = GC.AllocateArray<float>(shared.Input.Stride, pinned: true);
            _scores = GC.AllocateArray<float>(shared.Labels, pinned: true);
            _outputs = GC.AllocateArray<nint>(shared.Labels, pinned: true);
            for (var label = 0; label < shared.Labels; label++)
            {
                _outputs[label] = (nint)shared.Output[label];
            }
        }

        public void Learn(ReadOnlySpan<int> tokens, long chunk, double rate, double fall)
        {
            _random = TrainingRandom.For(_shared._options.Seed, chunk);
            foreach (var token in tokens)
            {
                if (token == TokenCorpus.EndOfLine)
                {
                    LearnLine((float)rate);
                }
                else if (_shared._labelOf[token] is >= 0 and var label)
                {
                    _labels.Add(label);
                }
                else
                {
                    _features.AddRange(_shared._rows[token]);
                    _hashes.Add(_shared._hashes[token]);
                }

                rate -= token == TokenCorpus.EndOfLine ? 0 : fall;
            }

            LearnLine((float)rate);
        }

        private void LearnLine(float rate)
        {
            if (_labels.Count > 0 && (_features.Count > 0 || _hashes.Count > 0))
            {
                _features.Add(_shared._endOfLine);
                _hashes.Add(EndOfLineHash);
                if (_shared._options.WordNgrams > 1)
                {
                    _runs.Clear();
                    FastTextFeatures.AddRuns(
                        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_hashes),
                        _shared._options.WordNgrams,
                        _shared.Buckets,
                        _runs);
                    _features.AddRange(_runs.Select(bucket => _shared._words + bucket));
                }

                Step(_labels[_random.Next(_labels.Count)], rate);
            }

            _labels.Clear();
            _features.Clear();
            _hashes.Clear();
        }

        private void Step(int label, float rate)
        {
            if (_inputs.Length < _features.Count)
            {
                _inputs = GC.AllocateArray<nint>(2 * _features.Count, pinned: true);
            }

            for (var i = 0; i < _features.Count; i++)
            {
                _inputs[i] = (nint)_shared.Input[_features[i]];
            }

            var (count, length) = (_features.Count, _shared.Input.Stride);
            var inputs = (float**)Unsafe.AsPointer(ref _inputs[0]);
            var outputs = (float**)Unsafe.AsPointer(ref _outputs[0]);
            var hidden = (float*)Unsafe.AsPointer(ref _hidden[0]);
            var scores = (float*)Unsafe.AsPointer(ref _scores[0]);
            TrainingKernels.Mean(inputs, count, 1f / count, hidden, length);
            TrainingKernels.Dot(hidden, outputs, _scores.Length, scores, length);
            TensorPrimitives.SoftMax(_scores, _scores);
            for (var i = 0; i < _scores.Length; i++)
            {
                _scores[i] = rate * ((i == label ? 1 : 0) - _scores[i]);
            }

            TrainingKernels.Update(hidden, outputs, _scores.Length, scores, (float*)Unsafe.AsPointer(ref _error[0]), length);
            TrainingKernels.Add(inputs, count, 1f / count, (float*)Unsafe.AsPointer(ref _error[0]), length);
        }
    }
}
