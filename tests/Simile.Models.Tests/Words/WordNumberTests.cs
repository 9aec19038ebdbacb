using System.Globalization;
using System.Text;
using Simile.Models.Words;

namespace Simile.Models.Tests.Words;

public class WordNumberTests
{
    [Fact]
    public void Random_numbers_are_rounded_as_the_slow_twin_rounds_them()
    {
        var random = new Random(1);
        for (var i = 0; i < 300_000; i++)
        {
            var text = (i % 4) switch
            {
                0 => random.NextSingle().ToString("R", CultureInfo.InvariantCulture),
                1 => ((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 12))).ToString("R", CultureInfo.InvariantCulture),
                2 => ((random.NextDouble() - 0.5) * 20).ToString("F" + random.Next(0, 20), CultureInfo.InvariantCulture),
                _ => BitConverter.Int32BitsToSingle(random.Next(0x7F800000)).ToString("F12", CultureInfo.InvariantCulture),
            };
            AreEqual(text);
        }
    }

    [Fact]
    public void Numbers_half_way_between_two_floats_go_to_the_even_one()
    {
        var random = new Random(2);
        for (var i = 0; i < 20_000; i++)
        {
            var low = random.NextSingle();
            var middle = ((double)low + MathF.BitIncrement(low)) / 2;
            AreEqual(((decimal)middle).ToString(CultureInfo.InvariantCulture));
            AreEqual(middle.ToString("F40", CultureInfo.InvariantCulture));
            AreEqual(middle.ToString("F40", CultureInfo.InvariantCulture) + "1");
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("+1.5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e-3")]
    [InlineData("-2.5E+10")]
    [InlineData("1e-45")]
    [InlineData("0.00000000000000000000000000000000000000000001")]
    [InlineData("340282346638528859811704183484516925440")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("0.1234567890123456789012345678901234567890")]
    public void Numbers_of_every_form_are_read(string text) => AreEqual(text);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    [InlineData("1e60")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("--1")]
    public void What_is_no_finite_number_is_refused(string text)
    {
        var at = 0;
        Assert.False(WordNumber.TryRead(Encoding.UTF8.GetBytes(text), ref at, out _));
    }

    private static void AreEqual(string text)
    {
        var (bytes, at, slow) = (Encoding.UTF8.GetBytes(text + " 7"), 0, 0);
        Assert.True(WordNumber.TryRead(bytes, ref at, out var value), text);
        Assert.True(WordNumber.TryReadSlowly(bytes, 0, ref slow, out var expected), text);
        Assert.True(
            BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(value), $"{text}: {value:R} is not {expected:R}");
        Assert.Equal(text.Length, at);
    }
}
