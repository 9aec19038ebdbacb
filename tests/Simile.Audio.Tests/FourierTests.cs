namespace Simile.Audio.Tests;

public class FourierTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(97)]
    [InlineData(210)]
    [InlineData(300)]
    [InlineData(400)]
    [InlineData(512)]
    public void Power_is_that_of_the_sum_by_definition(int length)
    {
        var random = new Random(length);
        double[] frame = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() - 0.5)];
        var fourier = new Fourier(length);
        var power = new double[fourier.Bins];
        fourier.Power(frame, power);
        for (var bin = 0; bin < power.Length; bin++)
        {
            Assert.Equal(ByDefinition(frame, bin), power[bin], 1e-9 * length);
        }
    }

    private static double ByDefinition(double[] frame, int bin)
    {
        var sum = System.Numerics.Complex.Zero;
        for (var i = 0; i < frame.Length; i++)
        {
            sum += frame[i] * System.Numerics.Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)bin * i % frame.Length) / frame.Length);
        }

        return (sum.Real * sum.Real) + (sum.Imaginary * sum.Imaginary);
    }
}
