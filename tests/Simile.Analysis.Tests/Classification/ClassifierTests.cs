using Simile.Numerics;

namespace Simile.Analysis.Tests.Classification;

public class ClassifierTests
{
    public static TheoryData<ClassifierKind, CalibrationMethod> Kinds()
    {
        var kinds = new TheoryData<ClassifierKind, CalibrationMethod>();
        foreach (var kind in Enum.GetValues<ClassifierKind>())
        {
            foreach (var calibration in Enum.GetValues<CalibrationMethod>())
            {
                kinds.Add(kind, calibration);
            }
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Clear_groups_are_told_apart_and_probabilities_add_up_to_1(ClassifierKind kind, CalibrationMethod calibration)
    {
        foreach (var classes in new[] { 2, 5 })
        {
            var (vectors, labels) = Examples(200, classes);
            using var classifier = Classifier.Train(vectors, labels, new ClassifierOptions { Kind = kind, Calibration = calibration });
            Assert.Equal(labels, classifier.Predict(vectors).Select(p => p.Label));
            var probabilities = classifier.Probabilities(vectors);
            for (var i = 0; i < vectors.Count; i++)
            {
                Assert.Equal(1, probabilities[i].ToArray().Sum(), 1e-4);
                Assert.All(probabilities[i].ToArray(), p => Assert.InRange(p, 0, 1));
            }
        }
    }

    [Theory]
    [InlineData(2, ClassifierKind.LogisticRegression)]
    [InlineData(4, ClassifierKind.LogisticRegression)]
    [InlineData(2, ClassifierKind.LinearSvm)]
    [InlineData(4, ClassifierKind.LinearSvm)]
    public void The_gradient_is_0_at_the_optimum(int classes, ClassifierKind kind)
    {
        var (vectors, labels) = Examples(90, classes, spread: 1.2f);
        var numbers = labels.Select(l => l[0] - 'a').ToArray();
        var trained = Classifier.Train(vectors, labels, new ClassifierOptions { Kind = kind, C = 0.7, Tolerance = 1e-7 });
        var objective = new LinearObjective(
            vectors, numbers, classes, kind == ClassifierKind.LinearSvm ? new SquaredHingeLoss() : new LogisticLoss(), 0.7);
        var parameters = Enumerable.Range(0, objective.Rows)
            .SelectMany(c => trained.Coefficients![c].ToArray().Append(trained.Intercepts![c])).Select(x => (double)x).ToArray();
        var gradient = new double[parameters.Length];
        objective.Evaluate(parameters, gradient);
        Assert.All(gradient, g => Assert.InRange(g, -1e-3, 1e-3));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Gradients_are_the_slopes_of_values(int classes)
    {
        var (vectors, labels) = Examples(40, classes, spread: 1);
        foreach (ILinearLoss loss in new ILinearLoss[] { new LogisticLoss(), new SquaredHingeLoss() })
        {
            var objective = new LinearObjective(vectors, [.. labels.Select(l => l[0] - 'a')], classes, loss, 2);
            var random = new Random(3);
            var (point, gradient, other) = (Enumerable.Range(0, objective.Parameters).Select(_ => random.NextDouble() - 0.5).ToArray(),
                new double[objective.Parameters], new double[objective.Parameters]);
            objective.Evaluate(point, gradient);
            for (var j = 0; j < point.Length; j++)
            {
                const double Step = 1e-2;
                point[j] += Step;
                var above = objective.Evaluate(point, other);
                point[j] -= 2 * Step;
                var below = objective.Evaluate(point, other);
                point[j] += Step;
                Assert.Equal((above - below) / (2 * Step), gradient[j], 0.05 * Math.Max(1, Math.Abs(gradient[j])));
            }
        }
    }

    [Fact]
    public void Intercepts_of_logistic_regression_are_not_penalized()
    {
        // Two classes of equal vectors: the intercept alone tells the share.
        var classifier = Classifier.Train(
            Rows.Equal(10, 2),
            [.. Enumerable.Range(0, 10).Select(i => i < 8 ? "a" : "b")],
            new ClassifierOptions { C = 1e-3, Tolerance = 1e-9 });
        Assert.Equal(0.8, classifier.Probabilities(Rows.Equal(1, 2))[0][0], 1e-3);
    }

    [Fact]
    public void Neighbors_vote_by_the_inverse_of_their_distance()
    {
        using var classifier = Classifier.Train(
            Rows.Of([0], [3], [10]),
            ["a", "b", "c"],
            new ClassifierOptions { Kind = ClassifierKind.NearestNeighbors, Neighbors = 2, Metric = Metric.L2 });
        Assert.Equal(
            [2 / 3.0, 1 / 3.0, 0],
            classifier.Probabilities(Rows.Of([1]))[0].ToArray().Select(p => Math.Round(p, 5)),
            (x, y) => Math.Abs(x - y) < 1e-4);
        Assert.Equal([0, 1, 0], classifier.Probabilities(Rows.Of([3]))[0].ToArray());
    }

    [Fact]
    public void Isotonic_steps_pool_violators()
    {
        var fitted = IsotonicSteps.Fit([1, 2, 3, 4, 5], [false, true, false, true, true]);
        var steps = IsotonicSteps.Split(fitted, 1)[0];
        Assert.Equal(0, steps.Probability(0));
        Assert.Equal(0.5f, steps.Probability(2.5f));
        Assert.Equal(1, steps.Probability(9));
        Assert.Equal(steps.Probabilities, steps.Probabilities.Order());
    }

    [Fact]
    public void A_temperature_mends_probabilities_that_are_too_sure()
    {
        var random = new Random(2);
        var (scores, labels) = (new VectorMatrix(2000, 2), new int[2000]);
        for (var i = 0; i < labels.Length; i++)
        {
            scores[i][0] = 8 * (random.NextSingle() - 0.5f);
            labels[i] = random.NextDouble() < 1 / (1 + Math.Exp(-scores[i][0] / 4)) ? 0 : 1;
        }

        Assert.Equal(4, Calibrator.Fit(CalibrationMethod.Temperature, scores, labels).Parameters[0], 0.6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_saved_classifier_predicts_the_same_bytes(ClassifierKind kind, CalibrationMethod calibration)
    {
        var (vectors, labels) = Examples(80, 3, spread: 0.9f);
        using var classifier = Classifier.Train(vectors, labels, new ClassifierOptions { Kind = kind, Calibration = calibration });
        InFile(classifier, path =>
        {
            using var loaded = Classifier.Load(path);
            Assert.Equal(classifier.Classes, loaded.Classes);
            Assert.Equal(classifier.Probabilities(vectors).AsSpan(), loaded.Probabilities(vectors).AsSpan());
        });
    }

    [Theory]
    [InlineData(ClassifierKind.LogisticRegression, CalibrationMethod.Isotonic)]
    [InlineData(ClassifierKind.NearestNeighbors, CalibrationMethod.Platt)]
    public void Damaged_files_are_refused_in_a_sentence(ClassifierKind kind, CalibrationMethod calibration)
    {
        var (vectors, labels) = Examples(40, 3);
        using var classifier = Classifier.Train(vectors, labels, new ClassifierOptions { Kind = kind, Calibration = calibration });
        InFile(classifier, path =>
        {
            var bytes = File.ReadAllBytes(path);
            var random = new Random(1);
            for (var round = 0; round < 300; round++)
            {
                var bad = (byte[])bytes.Clone();
                bad[round < 64 ? round : random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
                Refuse(path, round % 7 == 0 ? bad[..random.Next(bad.Length)] : bad);

                // Right checksums over wrong sizes: somebody made it.
                bad = (byte[])bytes.Clone();
                BitConverter.TryWriteBytes(
                    bad.AsSpan(24 + (4 * random.Next(8))), random.Next(4) == 0 ? int.MaxValue : random.Next(2000) + 300);
                BitConverter.TryWriteBytes(bad.AsSpan(12), Numerics.Files.Crc32C.Of(bad.AsSpan(16)));
                LoadOrRefuse(path, bad);
            }
        });
        Sentence.Of<FileNotFoundException>(() => Classifier.Load("no-such-file.simc"));
    }

    [Fact]
    public void A_file_keeps_the_model_of_the_vectors_and_a_cut_one_is_refused()
    {
        var (vectors, labels) = Examples(20, 2);
        using var classifier = Classifier.Train(vectors, labels, new ClassifierOptions { Model = new EmbeddingModelId("name/模型", "") });
        InFile(classifier, path =>
        {
            using var loaded = Classifier.Load(path);
            Assert.Equal(classifier.Options.Model, loaded.Options.Model);
            Assert.Equal(classifier.Probabilities(vectors).AsSpan(), loaded.Probabilities(vectors).AsSpan());
            var bytes = File.ReadAllBytes(path);
            var cut = bytes[..^4];
            BitConverter.TryWriteBytes(cut.AsSpan(16), (ulong)cut.Length);
            BitConverter.TryWriteBytes(cut.AsSpan(12), Numerics.Files.Crc32C.Of(cut.AsSpan(16)));
            Refuse(path, cut);
        });
    }

    [Fact]
    public void Bad_examples_are_refused_in_a_sentence()
    {
        Sentence.Of<ArgumentException>(() => Classifier.Train(Rows.Equal(4, 3), ["a", "a", "a", "a"]));
        Sentence.Of<ArgumentException>(() => Classifier.Train(Rows.Equal(4, 3), ["a", "b"]));
        Sentence.Of<ArgumentException>(() => Classifier.Train(Rows.Equal(2, 3), ["a", ""]));
        Sentence.Of<ArgumentException>(() => Classifier.Train(Rows.Equal(1, 3), ["a"]));
        Sentence.Of<ArgumentException>(() => Classifier.Train(new VectorMatrix(0, 3), []));
        Sentence.Of<ArgumentException>(() => Classifier.Train(Rows.Of([0], [float.NaN]), ["a", "b"]));
        Sentence.Of<ArgumentException>(
            () => Classifier.Train(Rows.Equal(2, 3), ["a", "b"], new ClassifierOptions { Calibration = CalibrationMethod.Platt }));
        Sentence.Of<ArgumentException>(() => Classifier.Train(Rows.Equal(2, 3), ["a", "b"]).Predict(Rows.Equal(1, 4)));
        Sentence.Of<ArgumentException>(() => Folds.Stratified(["a"], 2));
        Sentence.Of<ArgumentException>(() => CrossValidation.Run(Rows.Equal(4, 2), ["a", "b", "a", "b"], [0, 0, 0, 0]));
        Sentence.Of<ArgumentException>(() => CrossValidation.Run(Rows.Equal(4, 2), ["a", "b", "a", "b"], [0, 1]));
        Sentence.Of<ArgumentException>(() => FewShotCurve.Measure(Rows.Equal(2, 2), ["a", "b"], [1]));
        Sentence.Of<ArgumentException>(() => FewShotCurve.Measure(Rows.Equal(2, 2), ["a", "b"], [0]));
    }

    [Fact]
    public void Folds_have_each_class_in_equal_share()
    {
        string[] labels = [.. Enumerable.Range(0, 103).Select(i => i % 4 == 0 ? "b" : "a")];
        var folds = Folds.Stratified(labels, 5);
        foreach (var fold in Enumerable.Range(0, 5))
        {
            Assert.InRange(folds.Count(f => f == fold), 20, 21);
            Assert.InRange(folds.Zip(labels).Count(f => f.First == fold && f.Second == "b"), 5, 6);
        }

        Assert.Equal(folds, Folds.Stratified(labels, 5));
        Assert.NotEqual(folds, Folds.Stratified(labels, 5, seed: 2));
    }

    [Fact]
    public void More_examples_of_a_class_predict_better()
    {
        var (vectors, labels) = Examples(400, 8, spread: 0.9f);
        var curve = FewShotCurve.Measure(vectors, labels, [1, 20]);
        Assert.True(curve[1].Accuracy > curve[0].Accuracy);
        var validation = CrossValidation.Run(vectors, labels, Folds.Stratified(labels, 4));
        Assert.Equal(4, validation.FoldAccuracies.Count);
        Assert.Equal(400, validation.Confusion.Total);
        Assert.Equal(validation.Accuracy, validation.Confusion.Accuracy, 0.02);
    }

    private static (VectorMatrix Vectors, string[] Labels) Examples(int count, int classes, float spread = 0.1f) =>
        (Rows.Groups(count, 6, classes, spread: spread),
            [.. Enumerable.Range(0, count).Select(i => ((char)('a' + (i % classes))).ToString())]);

    private static void Refuse(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        Sentence.Of<InvalidDataException>(() => Classifier.Load(path).Dispose());
    }

    private static void LoadOrRefuse(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        try
        {
            Classifier.Load(path).Dispose();
        }
        catch (InvalidDataException e)
        {
            Sentence.Of<InvalidDataException>(() => throw e);
        }
    }

    private static void InFile(Classifier classifier, Action<string> use)
    {
        var folder = Directory.CreateTempSubdirectory("simile-test-");
        try
        {
            var path = Path.Combine(folder.FullName, "topics.simc");
            classifier.Save(path);
            use(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
