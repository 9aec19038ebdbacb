using Simile.Testing;

namespace Simile.Audio.Tests;

/// <summary>Files whose headers people have trouble with: cases/sound-headers, all of the same eight samples.</summary>
public class HeaderCaseTests
{
    private static readonly float[] Samples = [0, 0.25f, 0.5f, -0.5f, -1, 1, 0.125f, -0.125f];

    [Fact]
    public void Every_file_holds_the_eight_samples()
    {
        var files = Directory.GetFiles(Assets.Require("cases/sound-headers"));
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            // Whole numbers cannot say +1, but the greatest number below it.
            Assert.Equal(Samples, Waveform.Load(file).Samples.ToArray(), (a, b) => Math.Abs(a - b) <= 1 / 32768f);
        }
    }
}
