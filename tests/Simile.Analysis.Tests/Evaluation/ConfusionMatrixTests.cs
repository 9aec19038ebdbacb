namespace Simile.Analysis.Tests.Evaluation;

public class ConfusionMatrixTests
{
    [Fact]
    public void Scores_of_classes_are_those_by_hand()
    {
        var matrix = ConfusionMatrix.Of(["a", "a", "a", "b", "b", "c"], ["a", "a", "b", "b", "a", "b"]);
        Assert.Equal(["a", "b", "c"], matrix.Classes);
        Assert.Equal(2, matrix[0, 0]);
        Assert.Equal(1, matrix[2, 1]);
        Assert.Equal(3 / 6.0, matrix.Accuracy, 1e-12);
        Assert.Equal(2 / 3.0, matrix.Precision(0), 1e-12);
        Assert.Equal(2 / 3.0, matrix.F1(0), 1e-12);
        Assert.Equal(2 * (1 / 3.0) * (1 / 2.0) / ((1 / 3.0) + (1 / 2.0)), matrix.F1(1), 1e-12);
        Assert.Equal(0, matrix.F1(2));
        Assert.Equal((matrix.F1(0) + matrix.F1(1)) / 3, matrix.MacroF1, 1e-12);
        Sentence.Of<ArgumentException>(() => ConfusionMatrix.Of(["a"], []));
        Sentence.Of<ArgumentException>(() => ConfusionMatrix.Of([], []));
    }

    [Fact]
    public void Calibration_error_is_the_gap_of_bins()
    {
        var error = CalibrationError.Measure([0.9f, 0.9f, 0.9f, 0.9f, 0.3f], [true, true, true, false, false], bins: 10);
        Assert.Equal((0.8 * Math.Abs(0.9 - 0.75)) + (0.2 * 0.3), error.Expected, 1e-6);
        Assert.Equal(0.3, error.Greatest, 1e-6);
        Assert.Equal(2, error.Bins.Count);
        Assert.Equal(0, CalibrationError.Measure([1f, 0f], [true, false]).Expected);
        Sentence.Of<ArgumentException>(() => CalibrationError.Measure([1.5f], [true]));
        Sentence.Of<ArgumentException>(() => CalibrationError.Measure([float.NaN], [true]));
        Sentence.Of<ArgumentException>(() => CalibrationError.Measure([], []));
    }
}
