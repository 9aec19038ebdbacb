using System.Runtime.InteropServices;
using Simile.Models.BuiltIn;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests.BuiltIn;

public sealed class PackedTableTests : IDisposable
{
    private const int Rows = 500;
    private const int Dimensions = 37;

    private static readonly float[] Scale = [.5f, 2, 3];
    private static readonly float[] Offset = [-1, 0, 7];

    private readonly string _folder = Assets.NewFolder();

    [Fact]
    public void Rows_come_back_as_they_were()
    {
        var symbols = Symbols();
        using var file = Open(PackedTable.Write(symbols, Dimensions, Scale, Offset));
        var table = new PackedTable(file);
        Assert.Equal((Rows, Dimensions), (table.Rows, table.Dimensions));
        var row = new float[Dimensions];
        for (var r = Rows - 1; r >= 0; r--)
        {
            table.Read(r, row);
            Assert.Equal(symbols.Skip(r * Dimensions).Take(Dimensions).Select(s => (s * Scale[r % 3]) + Offset[r % 3]), row);
        }
    }

    [Fact]
    public void A_table_of_one_symbol_can_be_packed()
    {
        using var file = Open(PackedTable.Write(new byte[Rows * Dimensions], Dimensions, Scale, Offset));
        var row = new float[Dimensions];
        new PackedTable(file).Read(2, row);
        Assert.All(row, x => Assert.Equal(7, x));
    }

    [Fact]
    public void The_same_table_gives_the_same_bytes() =>
        Assert.Equal(PackedTable.Write(Symbols(), Dimensions, Scale, Offset), PackedTable.Write(Symbols(), Dimensions, Scale, Offset));

    [Fact]
    public void A_symbol_of_seven_bits_is_refused()
    {
        var symbols = Symbols();
        symbols[99] = 64;
        Assert.Throws<InvalidDataException>(() => PackedTable.Write(symbols, Dimensions, Scale, Offset));
    }

    [Fact]
    public void No_section_however_wrong_reads_outside_of_it()
    {
        var good = PackedTable.Write(Symbols(), Dimensions, Scale, Offset);
        var random = new Random(3);
        var row = new float[Dimensions];
        for (var trial = 0; trial < 300; trial++)
        {
            var bad = good[..(trial % 3 == 0 ? random.Next(good.Length) : good.Length)];
            for (var i = 0; i < 3 && bad.Length > 0; i++)
            {
                bad[random.Next(Math.Min(bad.Length, trial % 2 == 0 ? 40 : bad.Length))] = (byte)random.Next(256);
            }

            try
            {
                using var file = Open(bad);
                var table = new PackedTable(file);
                for (var r = 0; r < Math.Min(Rows, table.Rows); r += 9)
                {
                    table.Read(r, table.Dimensions == Dimensions ? row : new float[table.Dimensions]);
                }
            }
            catch (InvalidDataException e)
            {
                Assert.Contains("damaged in section text/table", e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_network_comes_back_in_half_precision()
    {
        float[] numbers =
        [
            .. Enumerable.Range(0, 1 << 16).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits)).Where(float.IsFinite), 0.1f,
            -1e-9f, 3,
        ];
        var tensor = new Tensor("w", DType.F32, [1, numbers.Length], MemoryMarshal.AsBytes<float>(numbers).ToArray());
        using var file = OpenNetwork(PackedNetwork.Write([tensor]));
        var back = PackedNetwork.Read(file)["w"];
        Assert.Equal([1, numbers.Length], back.Shape);
        Assert.Equal(numbers.Select(x => (float)(Half)x), back.ToFloats().ToArray());
    }

    [Fact]
    public void A_cut_network_is_refused()
    {
        var tensor = new Tensor("w", DType.F32, [4], new byte[16]);
        var section = PackedNetwork.Write([tensor]);
        for (var length = 0; length < section.Length; length++)
        {
            using var file = OpenNetwork(section[..length]);
            Assert.Contains(
                "damaged in section text/network",
                Assert.Throws<InvalidDataException>(() => PackedNetwork.Read(file)).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_weight_beyond_half_precision_is_refused()
    {
        var tensor = new Tensor("w", DType.F32, [1], BitConverter.GetBytes(70_000f));
        Assert.Contains(
            "w holds 70000", Assert.Throws<InvalidDataException>(() => PackedNetwork.Write([tensor])).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Rows of very different spread, as the model's are.
    private static byte[] Symbols()
    {
        var random = new Random(1);
        var symbols = new byte[Rows * Dimensions];
        for (var i = 0; i < symbols.Length; i++)
        {
            var spread = 1 + (i / Dimensions % 40);
            symbols[i] = (byte)Math.Clamp(32 + ((random.NextDouble() + random.NextDouble() - 1) * spread), 0, 63);
        }

        return symbols;
    }

    private PackedFile Open(byte[] section) => Open(PackedTable.Section, section);

    private PackedFile OpenNetwork(byte[] section) => Open(PackedNetwork.Section, section);

    private PackedFile Open(string name, byte[] section)
    {
        var path = Path.Combine(_folder, "table.simd");
        PackedFile.Write(path, [(name, section)]);
        return PackedFile.Open(path);
    }
}
