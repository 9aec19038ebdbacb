using System.Diagnostics;
using Simile.Models.BuiltIn;
using Simile.Models.Checkpoints;
using Simile.Models.Images;
using Simile.Models.Sound;
using Simile.Models.Sound.Files;
using Simile.Testing;
using SkiaSharp;

namespace Simile.Models.Tests.Fuzz;

/// <summary>Every reader of binary files over files that were changed at random: what comes is the content or one sentence, in bounded memory and time.</summary>
public sealed class ReaderFuzzTests : IDisposable
{
    private const long LeastMemory = 16 << 20;
    private const int LargestAsset = 30_000;

    // Two minutes for a file of some kilobytes: only what hangs takes so long, whatever else the machine does.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly string _folder = Assets.NewFolder();

    private static readonly Dictionary<string, (Func<byte[]> File, Func<string, long> Read)> Readers = new()
    {
        ["safetensors"] = (SmallFiles.SafeTensors, path => ReadAll(SafeTensors.Open(path))),
        ["torch zip"] = (SmallFiles.TorchZip, path => ReadAll(PyTorchFile.Open(path))),
        ["torch legacy"] = (SmallFiles.TorchLegacy, path => ReadAll(PyTorchFile.Open(path))),
        ["packed"] = (Packed, ReadPacked),
        ["png"] = (() => SmallFiles.Skia(SKEncodedImageFormat.Png), ReadPicture),
        ["jpeg"] = (() => SmallFiles.Skia(SKEncodedImageFormat.Jpeg), ReadPicture),
        ["webp"] = (() => SmallFiles.Skia(SKEncodedImageFormat.Webp), ReadPicture),
        ["bmp"] = (SmallFiles.Bmp, ReadPicture),
        ["gif"] = (SmallFiles.Gif, ReadPicture),
        ["tiff plain"] = (() => SmallFiles.Tiff(1), ReadPicture),
        ["tiff lzw"] = (() => SmallFiles.Tiff(5), ReadPicture),
        ["tiff deflate"] = (() => SmallFiles.Tiff(8), ReadPicture),
        ["tiff packbits"] = (() => SmallFiles.Tiff(32773), ReadPicture),
        ["wav"] = (() => SmallFiles.Wav(1, 16), ReadSound),
        ["wav float"] = (() => SmallFiles.Wav(3, 32), ReadSound),
        ["aiff"] = (SmallFiles.Aiff, ReadSound),
        ["au"] = (SmallFiles.Au, ReadSound),
    };

    public static TheoryData<string> Kinds => [.. Readers.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_file_that_is_changed_is_good(string kind)
    {
        var path = Path.Combine(_folder, "good");
        File.WriteAllBytes(path, Readers[kind].File());
        Assert.True(Readers[kind].Read(path) > 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_changed_file_is_read_or_refused_in_a_sentence(string kind) => Fuzz(kind, Readers[kind].File(), Readers[kind].Read, 800);

    [Fact]
    public void A_changed_golden_picture_is_read_or_refused_in_a_sentence()
    {
        foreach (var path in Small("golden/images/decode").Where(path => Path.GetExtension(path) is not (".json" or ".safetensors" or ".md")))
        {
            Fuzz(Path.GetFileName(path), File.ReadAllBytes(path), ReadPicture, 20);
        }
    }

    [Fact]
    public void A_changed_golden_sound_is_read_or_refused_in_a_sentence()
    {
        foreach (var path in Small("golden/audio").Where(path => Path.GetExtension(path) is ".wav" or ".aiff" or ".aif" or ".aifc" or ".au" or ".snd"))
        {
            Fuzz(Path.GetFileName(path), File.ReadAllBytes(path), ReadSound, 60);
        }
    }

    private static IEnumerable<string> Small(string folder) =>
        Directory.EnumerateFiles(Assets.Require(folder), "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length is > 0 and <= LargestAsset).Order();

    private void Fuzz(string kind, byte[] good, Func<string, long> read, int rounds)
    {
        var other = Readers.Values.ElementAt(kind.Length % Readers.Count).File();
        var path = Path.Combine(_folder, "changed");
        foreach (var seed in Effort.Rounds(rounds))
        {
            var changed = Mutation.Of(good, other, new Random(seed));
            File.WriteAllBytes(path, changed);
            try
            {
                Try(path, changed.Length, read);
            }
            catch (Exception e)
            {
                var kept = Path.Combine(Path.GetTempPath(), $"simile-fuzz-{kind.Replace(' ', '-')}-{seed}");
                File.WriteAllBytes(kept, changed);
                throw new InvalidOperationException($"{kind}, seed {seed} (kept as {kept}): {e}", e);
            }
        }
    }

    private static void Try(string path, int length, Func<string, long> read)
    {
        var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        var allowed = LeastMemory + (32L * length);
        try
        {
            allowed += 16 * read(path);
        }
        catch (InvalidDataException e)
        {
            allowed += RefusedMemory(path);
            Assert.DoesNotContain('\n', e.Message);
            Assert.InRange(e.Message.Length, 10, 10_000);
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, allowed);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Longest);
    }

    // A picture says its size first and is believed up to the limit, because a good file of few bytes can be large; nothing else is believed.
    private static long RefusedMemory(string path) =>
        PictureFormats.Of(File.ReadAllBytes(path)) == PictureFormat.Unknown ? 0 : 8L * Picture.LargestPixelCount;

    private static long ReadAll(Checkpoint checkpoint)
    {
        using (checkpoint)
        {
            return checkpoint.Tensors.Values.Sum(tensor => 1L + tensor.ToFloats().Length);
        }
    }

    private static long ReadPicture(string path)
    {
        var picture = Picture.Load(path);
        Assert.Equal(picture.Width * picture.Height * 3, picture.Pixels.Length);
        return (long)picture.Width * picture.Height;
    }

    private static long ReadSound(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var sound = SoundFile.Read(stream);
            Assert.InRange(sound.SampleRate, 1, Waveform.MaxSampleRate);
            return sound.Samples.Length;
        }
        catch (UnknownCodingException)
        {
            return 0; // ffmpeg's turn
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException(e.Message + ".", e); // SoundFile.Read(path) makes a sentence of it
        }
    }

    private static byte[] Packed()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("simile-fuzz-").FullName, "small.simd");
        PackedFile.Write(path, [("a", [1, 2, 3, 4, 5]), ("b/c", new byte[70])]);
        var bytes = File.ReadAllBytes(path);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return bytes;
    }

    private static long ReadPacked(string path)
    {
        using var file = PackedFile.Open(path);
        return file.Section("a").Length;
    }
}
