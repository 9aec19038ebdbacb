using Simile.Audio.Files;

namespace Simile.Audio.Tests;

/// <summary>Headers that are unfinished, unusual or out of order, in every format that is read.</summary>
public class SoundHeaderTests
{
    private static readonly byte[] Fmt = Sounds.Chunk("fmt ", Sounds.Format(1, 1, 8000, 2, 16));
    private static readonly byte[] Data = Sounds.Chunk("data", Sounds.Pcm());
    private static readonly byte[] List = Sounds.Chunk("LIST", [.. "INFOISFT"u8, 5, 0, 0, 0, .. "abcd\0"u8], isPadded: false);
    private static readonly byte[] Comm = Sounds.Chunk("COMM", Sounds.Common(1, 8, 16), isBig: true);
    private static readonly byte[] Ssnd = Sounds.Chunk("SSND", [.. new byte[8], .. Sounds.Pcm(isBig: true)], isBig: true);

    [Theory]
    [InlineData(0u, 0u)] // never finished
    [InlineData(36u, 0u)] // finished before the first sample
    [InlineData(uint.MaxValue, uint.MaxValue)] // written to a pipe
    [InlineData(uint.MaxValue, 0u)]
    [InlineData(0x7FFFFFFFu, 0x7FFFFFDBu)]
    public void Sizes_that_were_never_filled_in_mean_all_that_follows(uint riff, uint data) =>
        Sounds.Expected(Read(Sounds.Riff("RIFF", riff, Fmt, Sounds.Chunk("data", Sounds.Pcm(), data))));

    [Fact]
    public void A_file_without_samples_before_another_chunk_has_none() =>
        Assert.Equal(0, Read(Sounds.Riff("RIFF", null, Fmt, Sounds.Chunk("data", []), Sounds.Chunk("LIST", new byte[20]))).Samples.Length);

    [Theory]
    [InlineData("RF64")]
    [InlineData("BW64")]
    public void Sizes_beyond_4_GB_stand_in_a_chunk_of_their_own(string form)
    {
        byte[] sizes = [.. Sounds.I64(1000), .. Sounds.I64(16), .. Sounds.I64(8), .. Sounds.I32(0)];
        Sounds.Expected(Read(Sounds.Riff(form, uint.MaxValue, Sounds.Chunk("ds64", sizes), Fmt, Sounds.Chunk(
            "data", [.. Sounds.Pcm(), .. "LIST\0\0\0\0"u8], uint.MaxValue))));
    }

    [Theory]
    [InlineData("LIST")]
    [InlineData("abcd")]
    public void An_odd_chunk_may_lack_its_padding(string name)
    {
        var odd = Sounds.Chunk(name, [1, 2, 3], isPadded: false);
        Sounds.Expected(Read(Sounds.Riff("RIFF", null, Fmt, odd, Data)));
        Sounds.Expected(Read(Sounds.Riff("RIFF", null, odd, Fmt, List, Data)));
        Sounds.Expected(Read(Sounds.Riff("RIFF", null, Sounds.Chunk(name, [1, 2, 3]), Fmt, Data)));
        Sounds.Expected(Read(Sounds.Form("AIFF", Sounds.Chunk(name, [1, 2, 3], isBig: true, isPadded: false), Comm, Ssnd)));
        Sounds.Expected(Read(Sounds.Form("AIFF", Comm, Sounds.Chunk(name, [1, 2, 3], isBig: true), Ssnd)));
    }

    [Fact]
    public void Samples_may_come_before_what_describes_them()
    {
        Sounds.Expected(Read(Sounds.Riff("RIFF", null, Data, Fmt)));
        Sounds.Expected(Read(Sounds.Form("AIFF", Ssnd, Comm)));
        Sounds.Expected(Read(
            Sounds.Form("AIFF", Sounds.Chunk("NAME", [65], isBig: true), Ssnd, Sounds.Chunk("ANNO", [65, 66, 67], isBig: true), Comm)));
    }

    [Fact]
    public void A_pipe_that_cannot_go_back_to_the_samples_is_refused()
    {
        using var pipe = new ForwardStream(new MemoryStream(Sounds.Form("AIFF", Ssnd, Comm)));
        Assert.Contains(
            "before the COMM chunk", Assert.Throws<InvalidDataException>(() => SoundFile.Read(pipe)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pipe_is_read_as_a_file_is()
    {
        using var pipe = new ForwardStream(new MemoryStream(Sounds.Riff("RIFF", null, Fmt, List, Data)));
        Sounds.Expected(SoundFile.Read(pipe));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x10)]
    public void Tags_of_ID3_before_the_file_are_left_out(int flags)
    {
        byte[] tag = [.. "ID3"u8, 4, 0, (byte)flags, 0, 0, 1, 2, .. new byte[130], .. flags == 0 ? [] : new byte[10]];
        Sounds.Expected(Read([.. tag, .. Sounds.Riff("RIFF", null, Fmt, Data)]));
        Sounds.Expected(Read([.. tag, .. tag, .. Sounds.Form("AIFF", Ssnd, Comm)]));
    }

    [Theory]
    [InlineData(2, 12)]
    [InlineData(3, 20)]
    [InlineData(3, 17)]
    [InlineData(4, 24)]
    [InlineData(4, 20)]
    [InlineData(8, 64)]
    public void Fewer_bits_lie_in_the_upper_ones_of_whole_bytes(int bytes, int bits)
    {
        var pcm = bytes == 8 ? [.. Sounds.Pcm(4).Chunk(4).SelectMany(number => new byte[4].Concat(number))] : Sounds.Pcm(bytes);
        Sounds.Expected(
            Read(Sounds.Riff("RIFF", null, Sounds.Chunk("fmt ", Sounds.Format(1, 1, 8000, bytes, bits)), Sounds.Chunk("data", pcm))));
    }

    [Theory]
    [InlineData(12, 2)]
    [InlineData(20, 3)]
    [InlineData(32, 4)]
    public void AIFF_has_fewer_bits_than_its_bytes_too(int bits, int bytes) =>
        Sounds.Expected(Read(Sounds.Form("AIFF", Sounds.Chunk("COMM", Sounds.Common(1, 8, bits), isBig: true), Sounds.Chunk(
            "SSND", [.. new byte[8], .. Sounds.Pcm(bytes, isBig: true)], isBig: true))));

    [Theory]
    [InlineData("NONE", 2, true)]
    [InlineData("twos", 2, true)]
    [InlineData("sowt", 2, false)]
    [InlineData("in24", 3, true)]
    [InlineData("42ni", 3, false)]
    [InlineData("in32", 4, true)]
    [InlineData("23ni", 4, false)]
    public void The_codings_of_AIFF_C_are_read(string coding, int bytes, bool isBig) =>
        Sounds.Expected(Read(Sounds.Form("AIFC", Sounds.Chunk("COMM", Sounds.Common(1, 8, 8 * bytes, coding), isBig: true), Sounds.Chunk(
            "SSND", [.. new byte[8], .. Sounds.Pcm(bytes, isBig)], isBig: true))));

    [Fact]
    public void A_size_of_0_in_AIFF_means_all_that_follows() =>
        Sounds.Expected(
            Read(Sounds.Form("AIFF", Comm, Sounds.Chunk("SSND", [.. new byte[8], .. Sounds.Pcm(isBig: true)], 0, isBig: true))));

    [Theory]
    [InlineData(true, uint.MaxValue)]
    [InlineData(true, 0u)]
    [InlineData(true, 16u)]
    [InlineData(false, uint.MaxValue)]
    [InlineData(false, 16u)]
    public void AU_of_either_order_is_read_and_its_length_may_be_unknown(bool isBig, uint length)
    {
        byte[] Number(uint value) => isBig ? [.. BitConverter.GetBytes(value).Reverse()] : BitConverter.GetBytes(value);
        Sounds.Expected(Read(
        [
            .. isBig ? ".snd"u8 : "dns."u8, .. Number(28), .. Number(length), .. Number(3), .. Number(8000), .. Number(1), 1, 2, 3, 4,
            .. Sounds.Pcm(isBig: isBig),
        ]));
    }

    [Fact]
    public void Wave64_is_read() => Sounds.Expected(Read(Fuzz.SmallSounds.Wave64()));

    [Fact]
    public void A_fact_that_leaves_whole_blocks_out_is_not_believed()
    {
        byte[] format =
        [
            .. Sounds.Format(0x11, 1, 8000, 1, 4)[..12], .. Sounds.I16(8), .. Sounds.I16(4), .. Sounds.I16(2), .. Sounds.I16(9),
        ];
        byte[] blocks = [.. Enumerable.Repeat(new byte[8], 4).SelectMany(block => block)];
        int Count(int frames) =>
            Read(Sounds.Riff("RIFF", null, Sounds.Chunk(
                "fmt ", format), Sounds.Chunk("fact", Sounds.I32(frames)), Sounds.Chunk("data", blocks))).Samples.Length;
        Assert.Equal((36, 30, 36), (Count(36), Count(30), Count(18)));
    }

    [Fact]
    public void A_small_file_that_claims_much_is_refused()
    {
        byte[][] files =
        [
            Sounds.Riff("RIFF", null, Sounds.Chunk("LIST", [1], 0xFFFFFFF0), Fmt, Data),
            Sounds.Form("AIFF", Sounds.Chunk("SSND", [1], 0xFFFFFFF0, isBig: true), Comm),
            [.. "ID3"u8, 4, 0, 0, 127, 127, 127, 127, 1],
        ];
        foreach (var file in files)
        {
            Assert.Throws<InvalidDataException>(() => Read(file));
        }
    }

    private static Waveform Read(byte[] file) => SoundFile.Read(new MemoryStream(file));
}
