using System.Buffers.Binary;

namespace Simile.Audio.Tests;

public sealed class WaveformTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simile-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Sixteen_bits_are_read_as_shares_of_32768()
    {
        var sound = Waveform.Load(Save(Wav([-32768, 0, 16384, 32767])));
        Assert.Equal(16000, sound.SampleRate);
        Assert.Equal([-1, 0, 0.5f, 32767 / 32768f], sound.Samples.ToArray());
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains(
            "nowhere.wav", Assert.Throws<FileNotFoundException>(() => Waveform.Load("nowhere.wav")).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_no_sound_is_refused_with_a_sentence_that_names_the_file()
    {
        var path = Save("This is a letter, not a sound."u8.ToArray());
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => Waveform.Load(path)).Message, StringComparison.Ordinal);
    }

    // Every cut and 20,000 seeded changes: a file is read or refused, and nothing else happens.
    [Fact]
    public void Damaged_files_are_read_or_refused()
    {
        var whole = Wav([.. Enumerable.Range(0, 200).Select(i => (short)(i * 100))]);
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = i < whole.Length ? whole[..i] : (byte[])whole.Clone();
            for (var changes = random.Next(4); i >= whole.Length && changes >= 0; changes--)
            {
                damaged[random.Next(Math.Min(damaged.Length, 60))] = (byte)random.Next(256);
            }

            TryRead(damaged);
        }
    }

    [Fact]
    public void A_slice_is_cut_at_the_end()
    {
        var sound = new Waveform(new float[10], 10);
        Assert.Equal(4, sound.Slice(TimeSpan.FromSeconds(0.6), TimeSpan.FromSeconds(3)).Samples.Length);
        Assert.Equal(0, sound.Slice(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)).Samples.Length);
    }

    [Fact]
    public void Blocks_of_IMA_ADPCM_are_frames_of_all_their_channels()
    {
        // 100 and −100; the first channel 11 up, one later the second 11 down
        byte[] block = [100, 0, 0, 0, 0x9C, 0xFF, 0, 0, 7, 0, 0, 0, 0xF0, 0, 0, 0];
        var sound = Waveform.Load(Save(ImaWav(2, block.Length, [.. block, .. block[..12]])));
        Assert.Equal(10, sound.Samples.Length); // what there is of the second block holds one frame
        // (111 − 100) / 2, (113 − 111) / 2
        Assert.Equal([0f, 5.5f, 1f], sound.Samples.Span[..3].ToArray().Select(sample => sample * 32768));
    }

    [Fact]
    public void Damaged_blocks_of_IMA_ADPCM_are_read_or_refused()
    {
        var random = new Random(11);
        var blocks = new byte[600];
        random.NextBytes(blocks);
        var whole = ImaWav(2, 64, blocks);
        for (var i = 0; i < 5_000; i++)
        {
            var damaged = whole[..random.Next(40, whole.Length)];
            for (var changes = random.Next(6); changes > 0; changes--)
            {
                damaged[random.Next(Math.Min(damaged.Length, 70))] = (byte)random.Next(256);
            }

            TryRead(damaged, 4); // a byte holds two samples, and a frame of 1 channel may begin each block
        }
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1, 1.0)]
    [InlineData(16000, 1.0)]
    [InlineData(17600, 1.0)] // a window and a tenth
    [InlineData(17601, 1.0)]
    [InlineData(50_000, 0.3333)]
    [InlineData(50_001, 0.01)]
    [InlineData(40_000, 7.0)]
    public void A_file_read_by_windows_gives_what_its_whole_sound_is_cut_into(int samples, double seconds)
    {
        var path = Save(Wav([.. Enumerable.Range(0, samples).Select(i => (short)i)]));
        var length = TimeSpan.FromSeconds(seconds);
        var whole = Waveform.Load(path);
        var cut = samples == 0 ? [] : SoundWindow.Cut(whole.Duration, length);
        var read = Waveform.LoadWindows(path, length).ToArray();
        Assert.Equal(cut, read.Select(part => part.Window));
        Assert.All(read, part =>
            Assert.Equal(whole.Slice(part.Window.From, part.Window.To - part.Window.From).Samples.ToArray(), part.Sound.Samples.ToArray()));
    }

    [Fact]
    public void A_recording_of_hours_is_read_in_the_memory_of_a_few_windows()
    {
        var path = Path.Combine(_folder.FullName, "long.wav");
        File.WriteAllBytes(path, Wav([]));
        using (var file = new FileStream(path, FileMode.Open))
        {
            file.SetLength(40_000_000); // zeros that take no room on the disk
            file.Position = 40;
            file.Write(BitConverter.GetBytes(40_000_000 - 44));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var largest = 0L;
        foreach (var (_, sound) in Waveform.LoadWindows(path, TimeSpan.FromSeconds(100)))
        {
            largest = Math.Max(largest, sound.Samples.Length);
        }

        Assert.Equal(1_600_000, largest);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 120_000_000); // once each sample as a float, not twice
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(-1)]
    public void A_rate_that_is_no_sound_is_refused(int rate)
    {
        var bytes = Wav([1, 2, 3]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), rate);
        Assert.Contains(
            "samples per second", Assert.Throws<InvalidDataException>(() => Waveform.Load(Save(bytes))).Message, StringComparison.Ordinal);
    }

    private static byte[] ImaWav(ushort channels, int blockBytes, byte[] blocks)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF\0\0\0\0WAVEfmt \x14\0\0\0"u8);
        writer.Write((ushort)0x11);
        writer.Write(channels);
        writer.Write(16000);
        writer.Write(0);
        writer.Write((ushort)blockBytes);
        writer.Write((ushort)4);
        writer.Write(2);
        writer.Write("data"u8);
        writer.Write(blocks.Length);
        writer.Write(blocks);
        return file.ToArray();
    }

    private static void TryRead(byte[] bytes, int samplesPerByte = 1)
    {
        try
        {
            var sound = Files.SoundFile.Read(new MemoryStream(bytes));
            Assert.True(sound.Samples.Length <= (long)bytes.Length * samplesPerByte);
        }
        catch (Exception e) when (e is InvalidDataException or Files.UnknownCodingException)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private static byte[] Wav(short[] samples)
    {
        var bytes = new byte[44 + (2 * samples.Length)];
        "RIFF\0\0\0\0WAVEfmt "u8.CopyTo(bytes);
        int[] header = [16, 1 | (1 << 16), 16000, 32000, 2 | (16 << 16)];
        for (var i = 0; i < header.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16 + (4 * i)), header[i]);
        }

        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), 2 * samples.Length);
        for (var i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(44 + (2 * i)), samples[i]);
        }

        return bytes;
    }

    private string Save(byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, "sound.wav");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
