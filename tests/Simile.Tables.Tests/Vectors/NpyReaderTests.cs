using System.Buffers.Binary;
using System.Text;
using Simile.Testing;

namespace Simile.Tables.Tests;

public sealed class NpyReaderTests : IDisposable
{
    private static readonly float[] Numbers = [0, 1, 2, 3, 4, 5];

    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("<f2")]
    [InlineData(">f2")]
    [InlineData("<f4")]
    [InlineData(">f4")]
    [InlineData("<f8")]
    [InlineData(">f8")]
    [InlineData("|i1")]
    [InlineData("|u1")]
    [InlineData("<i2")]
    [InlineData(">i4")]
    [InlineData("<i8")]
    [InlineData(">u2")]
    [InlineData("<u4")]
    [InlineData(">u8")]
    [InlineData("=f4")]
    public void Numbers_of_every_type_and_order_become_floats(string type)
    {
        var bytes = Numbers.SelectMany(number => Number(number, type)).ToArray();
        foreach (var version in (int[])[1, 2, 3])
        {
            var rows = NpyReader.Read(Save(version, $"{{'descr': '{type}', 'fortran_order': False, 'shape': (2, 3), }}", bytes));
            Assert.Equal((2, 3), (rows.Count, rows.Dimensions));
            Assert.Equal(Numbers, rows.AsSpan().ToArray());
            var columns = NpyReader.Read(Save(version, $"{{'descr': '{type}', 'fortran_order': True, 'shape': (2, 3), }}", bytes));
            Assert.Equal([0, 2, 4, 1, 3, 5], columns.AsSpan().ToArray());
        }
    }

    [Theory]
    [InlineData("|i1", new byte[] { 0x80, 0xFF }, new float[] { -128, -1 })]
    [InlineData("|u1", new byte[] { 0x80, 0xFF }, new float[] { 128, 255 })]
    [InlineData("|b1", new byte[] { 0, 1 }, new float[] { 0, 1 })]
    [InlineData("<f2", new byte[] { 0x00, 0xC0, 0x01, 0x00 }, new float[] { -2, 5.9604645e-08f })]
    [InlineData(">i2", new byte[] { 0xFF, 0xFE, 0x01, 0x00 }, new float[] { -2, 256 })]
    public void Signs_and_small_numbers_are_kept(string type, byte[] bytes, float[] expected) =>
        Assert.Equal(
            expected,
            NpyReader.Read(Save(1, $"{{'descr': '{type}', 'fortran_order': False, 'shape': (1, 2), }}", bytes)).AsSpan().ToArray());

    [Theory]
    [InlineData("{'shape': (2, 3), 'fortran_order': False, 'descr': '<f4'}")]
    [InlineData("{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (2L, 3L)}")]
    [InlineData("  {'descr':'<f4','fortran_order':False,'shape':(2,3,)}   \n")]
    public void Entries_come_in_any_order_and_spelling(string header) =>
        Assert.Equal(Numbers, NpyReader.Read(Save(1, header, Floats())).AsSpan().ToArray());

    [Fact]
    public void An_array_of_one_dimension_is_one_vector()
    {
        var rows = NpyReader.Read(Save(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), }", Floats()));
        Assert.Equal((1, 6), (rows.Count, rows.Dimensions));
        Assert.Equal(Numbers, rows[0].ToArray());
    }

    [Theory]
    [InlineData("()", "single number")]
    [InlineData("(0,)", "no vector")]
    [InlineData("(1, 2, 3)", "3 dimensions")]
    [InlineData("(6, 0)", "without components")]
    [InlineData("(4000000000, 4)", "more than")]
    [InlineData("(2, 4)", "truncated")]
    [InlineData("(2, 2)", "longer than its header says")]
    [InlineData("(-2, 3)", "not NumPy's")]
    [InlineData("(2, x)", "not NumPy's")]
    [InlineData("(99999999999999999999, 3)", "not NumPy's")]
    public void Other_shapes_are_refused_in_a_sentence(string shape, string reason) =>
        Refuses(reason, Save(1, $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}", Floats()));

    [Theory]
    [InlineData("'|O'", "never executed")]
    [InlineData("'<U7'", "texts")]
    [InlineData("'<c8'", "complex")]
    [InlineData("'<M8[ns]'", "times")]
    [InlineData("'<f16'", "unusual size")]
    [InlineData("[('x', '<f4'), ('y', '<i4')]", "records")]
    [InlineData("'<q9'", "unknown type")]
    public void Other_values_are_refused_by_name(string type, string reason) =>
        Refuses(reason, Save(1, $"{{'descr': {type}, 'fortran_order': False, 'shape': (2, 3), }}", Floats()));

    [Fact]
    public void What_is_no_NumPy_file_is_refused()
    {
        Refuses("not a NumPy file", Save([]));
        Refuses("not a NumPy file", Save("a text, and not a short one"u8.ToArray()));
        Refuses(".npz", Save([.. "PK\u0003\u0004"u8, .. new byte[100]]));
        Refuses("version 9", Save(9, "{}", []));
        Refuses("header has", Save([0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 255]));
        Refuses("truncated inside its header", Save([0x93, .. "NUMPY"u8, 1, 0, 200, 0, 1, 2, 3]));
        Refuses("truncated inside its header", Save([0x93, .. "NUMPY"u8, 3, 0, 200]));
        Refuses("not NumPy's", Save(1, "{'descr': '<f4', 'fortran_order': __import__('os'), 'shape': (2, 3)}", Floats()));
    }

    [Fact]
    public void A_changed_file_is_read_or_refused_in_a_sentence()
    {
        var good = File.ReadAllBytes(Save(
            2, "{'descr': '<f2', 'fortran_order': True, 'shape': (2, 3), }", [.. Numbers.SelectMany(number => Number(number, "<f2"))]));
        ReaderFuzz.Run(_folder, "npy", good, Floats(), path => NpyReader.Read(path).AsSpan().Length, 2000);
    }

    private static byte[] Number(float number, string type)
    {
        byte[] bytes = type[1..] switch
        {
            "f2" => BitConverter.GetBytes((Half)number),
            "f4" => BitConverter.GetBytes(number),
            "f8" => BitConverter.GetBytes((double)number),
            _ => BitConverter.GetBytes((long)number)[..(type[2] - '0')],
        };
        return type[0] == '>' ? [.. bytes.Reverse()] : bytes;
    }

    private static byte[] Floats() => [.. Numbers.SelectMany(BitConverter.GetBytes)];

    private static void Refuses(string reason, string path)
    {
        var message = Assert.Throws<InvalidDataException>(() => NpyReader.Read(path)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.StartsWith(path, message, StringComparison.Ordinal);
    }

    private string Save(int version, string header, byte[] numbers)
    {
        var length = new byte[version == 1 ? 2 : 4];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)header.Length);
        return Save([0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. Encoding.ASCII.GetBytes(header), .. numbers]);
    }

    private string Save(byte[] bytes)
    {
        var path = Path.Combine(_folder, "vectors.npy");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
