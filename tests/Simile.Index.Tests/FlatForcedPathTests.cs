using System.Diagnostics;

namespace Simile.Index.Tests;

/// <summary>Exact search is exact on lesser processors too: its tests are run again with instructions switched off.</summary>
public class FlatForcedPathTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void Batches_and_bytes_answer_as_single_queries_without(string instructions)
    {
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Avx2.IsSupported, "This processor has no AVX2 to switch off.");
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(FlatForcedPathTests).Assembly.Location);
        }

        foreach (var argument in new[]
        {
            "-noColor", "-class", typeof(FlatIndexBatchTests).FullName!, "-class", typeof(FlatIndexCodesTests).FullName!,
        })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[instructions] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
    }
}
