using Simile.Testing;

namespace EndToEnd;

/// <summary>Pipes, devices and unreadable files in place of files.</summary>
public sealed class PipeTests : IDisposable
{
    private readonly Tool _tool = new();

    public PipeTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps its pipes apart from files.");
        _tool.RunShell(
            "mkfifo pipe.png pipe.wav pipe.npy pipe.simi pipe.onnx pipe.safetensors pipe.json; ln -s pipe.png link.png; "
            + "ln -s /dev/zero zero.png; ln -s /dev/zero zero.npy; ln -s /dev/zero zero.wav")
            .Succeeds();
    }

    public void Dispose() => _tool.Dispose();

    [Theory]
    [InlineData("embed pipe.png")]
    [InlineData("embed link.png")]
    [InlineData("embed zero.png")]
    [InlineData("embed pipe.png --pixels 2x2")]
    [InlineData("embed pipe.wav")]
    [InlineData("embed zero.wav")]
    [InlineData("similarity pipe.png bird")]
    [InlineData("classify --labels a,b pipe.png")]
    [InlineData("spectrogram pipe.wav --out s.png")]
    [InlineData("index build pipe.npy --output v.simi")]
    [InlineData("index build zero.npy --output v.simi")]
    [InlineData("index tune pipe.simi")]
    [InlineData("index search pipe.npy --index pipe.simi")]
    [InlineData("embed link.png --layer x --model pipe.safetensors")]
    [InlineData("models info pipe.onnx")]
    [InlineData("tokenize --text a --model pipe.json")]
    public void A_pipe_or_device_in_the_place_of_a_file_is_refused(string command)
    {
        var run = _tool.RunShell($"exec dotnet \"$SIMILE\" {command}");
        run.FailsWith(1, "pipe or a device");
    }

    [Fact]
    public void Lines_may_come_through_a_pipe()
    {
        var run = _tool.RunShell("mkfifo lines; (echo one; echo two) >lines & exec dotnet \"$SIMILE\" embed lines");
        Assert.Equal(["one", "two"], run.Succeeds().Json.Select(line => line.GetProperty("text").GetString()));
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_skipped_and_the_others_are_embedded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has a file that root may not read either.");
        File.Copy(Assets.Require("data/photos/chelsea.png"), _tool.In("good.png"));
        File.CreateSymbolicLink(_tool.In("bad.png"), "/proc/self/mem");
        File.CreateSymbolicLink(_tool.In("bad.wav"), "/proc/self/mem");
        foreach (var bad in (string[])["bad.png", "bad.wav"])
        {
            var run = _tool.Run("embed", "good.png", bad, "--out", "v.npy", "--json");
            run.FailsWith(3, bad, "1 skipped");
            Assert.Equal(1, run.Json.Single().GetProperty("count").GetInt32());
        }
    }

    [Fact]
    public void A_file_without_permission_is_skipped_and_the_others_are_embedded()
    {
        File.Copy(Assets.Require("data/photos/chelsea.png"), _tool.In("good.png"));
        File.Copy(_tool.In("good.png"), _tool.In("noperm.png"));
        _tool.Write("noperm.txt", "a text\n");
        _tool.Write("noperm.wav", "a sound\n");
        _tool.RunShell("chmod 000 noperm.*; chmod 755 .").Succeeds();
        // Root may read everything, so another user runs the tool.
        var run = _tool.RunShell(
            "if [ $(id -u) = 0 ]; then run='setpriv --reuid 65534 --regid 65534 --clear-groups'; fi; "
            + "HOME=/nonexistent exec $run dotnet \"$SIMILE\" embed good.png noperm.png noperm.txt noperm.wav");
        Assert.SkipWhen(
            run.Code is 127 or 126 || run.Error.Contains("setpriv", StringComparison.Ordinal), "Nobody else can run the tool here.");
        run.FailsWith(3, "noperm.png", "noperm.txt", "noperm.wav", "3 skipped");
        Assert.Equal("good.png", run.Json.Single().GetProperty("path").GetString());
    }
}
