using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Simile.Imaging;
using Simile.Models;
using Simile.Testing;

namespace EndToEnd;

public sealed class EmbedTests : IDisposable
{
    private static readonly string[] Texts = ["pink short sleeve top", "哪种鸟不会飞", "a \"quoted\" text, with a tab\tinside", "", "😀 naïve"];
    private readonly Tool _tool = new();

    private static string Model => Assets.Require("golden/architectures/st_static");

    public void Dispose() => _tool.Dispose();

    [Fact]
    public void A_folder_that_is_not_there_is_named_before_anything_is_embedded() =>
        _tool.RunWith("a\n", "embed", "--out", Path.Combine("no", "such", "v.npy"))
            .FailsWith(1, "The folder", Path.Combine("no", "such"), "create it first");

    [Fact]
    public void A_line_in_is_a_vector_out_in_order_to_the_last_bit()
    {
        var run = _tool.RunWith(string.Join('\n', Texts), "embed", "--model", Model).Succeeds();
        using var embedder = TextEmbedder.Load(Model);
        var expected = embedder.Embed(Texts);
        Assert.Equal(Texts, run.Json.Select(line => line.GetProperty("text").GetString()));
        Assert.All(run.Json, (line, i) => Assert.Equal(expected[i].ToArray(), Vector(line)));
        Assert.Contains("哪种鸟不会飞", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_may_have_windows_line_ends_and_a_byte_order_mark()
    {
        File.WriteAllText(_tool.In("texts.txt"), "one\r\ntwo\r\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var run = _tool.Run("embed", "texts.txt", "--model", Model).Succeeds();
        Assert.Equal(["one", "two"], run.Json.Select(line => line.GetProperty("text").GetString()));
    }

    [Fact]
    public void No_lines_in_no_lines_out() => Assert.Empty(_tool.RunWith("", "embed", "--model", Model).Succeeds().Output);

    [Fact]
    public void Bytes_that_are_not_utf8_are_replaced_and_reported_with_their_line()
    {
        var run = _tool.RunWith([.. "good\n"u8, 0xFF, (byte)'x', (byte)'\n', .. "good"u8], "embed", "--model", Model).Succeeds();
        Assert.Equal(["good", "\uFFFDx", "good"], run.Json.Select(line => line.GetProperty("text").GetString()));
        Assert.Contains("line 2", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Utf16_is_refused_with_a_sentence()
    {
        File.WriteAllText(_tool.In("texts.txt"), "one\ntwo\n", System.Text.Encoding.Unicode);
        _tool.Run("embed", "texts.txt", "--model", Model).FailsWith(1, "UTF-16", "texts.txt");
    }

    [Fact]
    public void A_missing_file_is_named() => _tool.Run("embed", "nowhere.txt", "--model", Model).FailsWith(1, "nowhere.txt");

    [Fact]
    public void A_folder_is_no_file_of_lines() => _tool.Run("embed", ".", "--model", Model).FailsWith(1, "folder");

    [Fact]
    public void Texts_may_stand_on_the_command_line()
    {
        var run = _tool.Run("embed", "--text", "one\ntwo", "-t", "", "--model", Model).Succeeds();
        Assert.Equal(["one\ntwo", ""], run.Json.Select(line => line.GetProperty("text").GetString()));
        using var embedder = TextEmbedder.Load(Model);
        Assert.Equal(embedder.Embed("one\ntwo"), Vector(run.Json[0]));
    }

    [Fact]
    public void A_numpy_file_holds_the_same_numbers()
    {
        _tool.Write("texts.txt", string.Join('\n', Texts));
        var run = _tool.Run("embed", "texts.txt", "--model", Model, "--out", "vectors.npy", "--json").Succeeds();
        Assert.Equal(Texts.Length, run.Json.Single().GetProperty("count").GetInt32());
        using var embedder = TextEmbedder.Load(Model);
        var expected = embedder.Embed(Texts);

        var bytes = File.ReadAllBytes(_tool.In("vectors.npy"));
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0], bytes[..8]);
        var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        Assert.Equal(0, start % 64);
        Assert.Equal(
            $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({Texts.Length}, {embedder.Dimensions}), }}",
            System.Text.Encoding.ASCII.GetString(bytes[10..start]).TrimEnd());
        Assert.Equal(
            expected.AsSpan().ToArray(),
            Enumerable.Range(0, expected.Count * expected.Dimensions).Select(i => BitConverter.ToSingle(bytes, start + (4 * i))));
        Assert.Equal(["texts.txt", "vectors.npy"], Directory.GetFiles(_tool.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_run_that_fails_leaves_no_numpy_file()
    {
        File.WriteAllBytes(_tool.In("texts.txt"), new byte[70 << 20]);
        _tool.Run("embed", "texts.txt", "--model", Model, "--out", "vectors.npy").FailsWith(1, "line 1");
        Assert.Equal(["texts.txt"], Directory.GetFiles(_tool.Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void What_was_begun_is_written_to_its_end_though_a_later_line_fails()
    {
        using (var file = File.CreateText(_tool.In("texts.txt")))
        {
            for (var i = 0; i < 5_000; i++)
            {
                file.Write("a short text\n");
            }

            file.Write(new char[70 << 20]);
        }

        var run = _tool.Run("embed", "texts.txt", "--model", Model);
        run.FailsWith(1, "line 5001");
        Assert.True(run.Json.Length >= 4096);
        Assert.All(run.Json, line => Assert.Equal("a short text", line.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_the_run_quietly()
    {
        using var process = _tool.Start("embed", "--model", Model);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        process.StandardInput.WriteLine("first");
        Assert.Contains("first", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
        process.StandardOutput.Close();
        try
        {
            for (var i = 0; i < 1_000_000 && !process.HasExited; i++)
            {
                process.StandardInput.WriteLine("and on it goes");
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended, as expected.
        }

        Assert.Equal(0, Tool.End(process));
        Assert.Empty(await error);
    }

    [Fact]
    public void Ctrl_C_ends_the_run_with_130()
    {
        using var process = _tool.Start("embed", "--model", Model);
        process.StandardInput.WriteLine("first");
        Assert.Contains("first", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
        Tool.Signal(process, "INT");
        Assert.Equal(130, Tool.End(process));
        Assert.Empty(process.StandardError.ReadToEnd());
    }

    [Fact]
    public void Pixels_are_a_vector_without_any_model()
    {
        new Picture(2, 1, 3, [255, 0, 0, 0, 0, 255]).SavePng(_tool.In("a.png"));
        _tool.Write("b.png", "no picture");
        var gray = _tool.Run("embed", "a.png", "--pixels", "2x1", "--gray").Succeeds();
        Assert.Equal([76, 29], Vector(gray.Json.Single()));
        Assert.Equal(gray.Output, _tool.Run("embed", "a.png", "--pixels", "2x1", "--grey").Succeeds().Output);
        Assert.Equal([255, 0, 0, 0, 0, 255], Vector(_tool.Run("embed", "a.png", "--pixels", "2x1").Succeeds().Json.Single()));
        Assert.Equal(16, Vector(_tool.Run("embed", "a.png", "--pixels", "4x4", "--gray").Succeeds().Json.Single()).Length);
        var several = _tool.Run("embed", "a.png", "b.png", "a.png", "--pixels", "4x4", "--gray", "--out", "v.npy", "--json");
        several.FailsWith(3, "b.png", "1 skipped");
        Assert.Equal((2, 16), (several.Json[0].GetProperty("count").GetInt32(), several.Json[0].GetProperty("dimensions").GetInt32()));
        _tool.Run("embed", "a.png", "--pixels", "0x4").FailsWith(2, "--pixels takes", "'0x4'");
        _tool.Run("embed", "a.png", "--gray").FailsWith(2, "--pixels");
        _tool.Run("embed", "a.txt", "--pixels", "4x4").FailsWith(1, "a.txt");
    }

    [Fact]
    public void An_inner_layer_of_pictures_is_what_the_library_gives()
    {
        var model = Assets.Require("models/resnet-cifar10/resnet20_cifar10.onnx");
        var photo = Assets.Require("data/photos/chelsea.png");
        using var network = ImageEmbedder.Load(model, new ImageEmbedderOptions { Layer = "logits" });
        var line = _tool.Run("embed", photo, "--layer", "logits", "--model", model).Succeeds().Json.Single();
        Assert.Equal(network.Embed(photo), Vector(line));
        Assert.Equal((10, "image"), (Vector(line).Length, line.GetProperty("kind").GetString()));
        _tool.Run("embed", photo, "--layer", "no_such_layer", "--model", model).FailsWith(1, "no_such_layer");
        _tool.Run("embed", photo, "--layer", "logits").FailsWith(1, "--model");
    }

    [Fact]
    public void Texts_that_are_cut_to_the_length_of_the_model_are_counted_in_a_line()
    {
        var longText = string.Join(' ', Enumerable.Repeat("bird", 3000));
        var run = _tool.RunWith($"a bird\n{longText}\n", "embed").Succeeds();
        Assert.Equal(2, run.Json.Length);
        Assert.StartsWith("simile: 1 of the texts exceeded the model's maximum length", run.Error, StringComparison.Ordinal);
        Assert.Empty(_tool.RunWith("a bird\n", "embed").Succeeds().Error);
        _tool.Write("long.txt", longText);
        Assert.Contains(
            "exceeded the model's maximum length",
            _tool.Run("classify", "--labels", "birds,tea", "long.txt").Succeeds().Error,
            StringComparison.Ordinal);
    }

    private static float[] Vector(JsonElement line) =>
        [.. line.GetProperty("vector").EnumerateArray().Select(number => number.GetSingle())];
}
