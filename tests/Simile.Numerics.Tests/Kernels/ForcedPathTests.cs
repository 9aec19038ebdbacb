using System.Diagnostics;
using Simile.Numerics.Kernels;

namespace Simile.Numerics.Tests.Kernels;

/// <summary>All tests of this project pass on lesser processors too: they are run again with instructions switched off.</summary>
public class ForcedPathTests
{
    private const string Expected = "SIMILE_TEST_EXPECTED_PATH";

    [Theory]
    [InlineData("DOTNET_EnableAVX2", KernelPath.Vector128)]
    [InlineData("DOTNET_EnableHWIntrinsic", KernelPath.Scalar)]
    internal void Tests_pass_without(string instructions, KernelPath path)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Expected) is not null, "This is the run with instructions switched off.");
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Avx2.IsSupported, "This processor has no AVX2 to switch off.");
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ForcedPathTests).Assembly.Location);
        }

        start.ArgumentList.Add("-noColor");
        start.Environment[instructions] = "0";
        start.Environment[Expected] = path.ToString();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }

    [Fact]
    public void The_best_path_is_the_expected_one()
    {
        var expected = Environment.GetEnvironmentVariable(Expected);
        Assert.SkipWhen(expected is null, "Only the run with instructions switched off expects a path.");
        Assert.Equal(expected, KernelPaths.Best.ToString());
    }
}
