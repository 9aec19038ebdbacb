using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Simile.Models;
using Simile.Models.Checkpoints;

namespace Media;

/// <summary>A model in a new process: time to the first vector, and memory.</summary>
internal static class FirstVector
{
    private const int Processes = 7;
    private const string Nothing = "none";

    public static void Run(string assets)
    {
        var text = Path.Combine(assets, "models", "all-MiniLM-L6-v2", "model.safetensors");
        Report("all-MiniLM-L6-v2", text, Path.GetDirectoryName(text)!);
        var folder = Directory.CreateTempSubdirectory("simile-media-").FullName;
        var halves = WriteHalves(Path.GetDirectoryName(text)!, Path.Combine(folder, "halves"));
        Report("all-MiniLM-L6-v2 in float16", halves, Path.GetDirectoryName(halves)!);
        var pictures = PictureShare.WriteWeights(assets, folder);
        Report("the picture part of CLIP ViT-B/32, weights by formula", pictures, assets, pictures);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The work of the new process.</summary>
    /// <param name="model">Nothing, a folder of a text model, or the assets and CLIP's weights.</param>
    public static void Child(params string[] model)
    {
        var begin = Process.GetCurrentProcess().StartTime.ToUniversalTime();
        var start = Stopwatch.GetTimestamp();
        using var texts = model is [not Nothing] ? TextEmbedder.Load(model[0]) : null;
        using var pictures = model is [_, _] ? PictureShare.Load(model[0], SafeTensors.Open(model[1])) : null;
        var opened = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        texts?.Embed("a bird that cannot fly");
        pictures?.Embed(Photos.Files(model[0])[0]);
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds - opened;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{opened} {first} {(DateTime.UtcNow - begin).TotalMilliseconds} {Status("VmHWM")} {Status("VmRSS")} {Status("RssAnon")}"));
    }

    private static void Report(string name, string file, params string[] model)
    {
        var weights = new FileInfo(file).Length / 1e6;
        var runs = Enumerable.Range(0, Processes).Select(_ => Start(model)).ToArray();
        var empty = Enumerable.Range(0, Processes).Select(_ => Start(Nothing)).ToArray();
        double Middle(double[][] of, int column) => Rounds.Median([.. of.Select(run => run[column])]);
        string Taken(int column)
        {
            var taken = Middle(runs, column) - Middle(empty, column);
            return string.Create(CultureInfo.InvariantCulture, $"{taken:F0} MB, {taken / weights:F2} × the weights");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            | {name}, {weights:F1} MB of weights, a fresh process (median of {Processes}) | |
            |---|---|
            | model opened | {Middle(runs, 0):F0} ms |
            | from there to the first vector | {Middle(runs, 1):F0} ms |
            | from the start of the process to the first vector | {Middle(runs, 2):F0} ms |
            | greatest memory (resident) less that of a process without a model | {Taken(3)} |
            | memory after the first vector, likewise | {Taken(4)} |
            | of it anonymous, not pages of a file | {Taken(5)} |
            """));
    }

    // The same model with float16 instead of float32.
    private static string WriteHalves(string model, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "1_Pooling"));
        foreach (var file in Directory.EnumerateFiles(model, "*.json", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(model, file));
            if (Directory.Exists(Path.GetDirectoryName(copy)))
            {
                File.Copy(file, copy);
            }
        }

        using var checkpoint = SafeTensors.Open(Path.Combine(model, "model.safetensors"));
        var written = Path.Combine(folder, "model.safetensors");
        SafeTensorsWriter.Write(written, [.. checkpoint.Tensors.Values.Select(tensor => tensor.Type == DType.F32
            ? new TensorPart(tensor.Name, DType.F16, tensor.Shape, () => Halves(tensor))
            : new TensorPart(tensor.Name, tensor.Type, tensor.Shape, () => tensor.Bytes))]);
        return written;
    }

    private static byte[] Halves(Tensor tensor) =>
        MemoryMarshal.AsBytes(Array.ConvertAll(tensor.ToFloats().ToArray(), number => (Half)number).AsSpan()).ToArray();

    private static double[] Start(params string[] model)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["first", .. model])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }

    // Megabytes as reported by Linux.
    private static double Status(string name) =>
        double.Parse(Kilobytes(name), CultureInfo.InvariantCulture) * 1024 / 1e6;

    private static string Kilobytes(string name) =>
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', '\t')
            .Where(word => word.Length > 0).ElementAt(1);
}
