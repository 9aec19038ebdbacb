using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("F32", 4, new byte[] { 0, 0, 192, 191 }, -1.5f)]
    [InlineData("F64", 8, new byte[] { 0, 0, 0, 0, 0, 0, 248, 191 }, -1.5f)]
    [InlineData("F16", 2, new byte[] { 0, 190 }, -1.5f)]
    [InlineData("BF16", 2, new byte[] { 192, 191 }, -1.5f)]
    [InlineData("F8_E5M2", 1, new byte[] { 190 }, -1.5f)]
    [InlineData("F8_E4M3", 1, new byte[] { 188 }, -1.5f)]
    [InlineData("I64", 8, new byte[] { 254, 255, 255, 255, 255, 255, 255, 255 }, -2f)]
    [InlineData("I32", 4, new byte[] { 254, 255, 255, 255 }, -2f)]
    [InlineData("I16", 2, new byte[] { 254, 255 }, -2f)]
    [InlineData("I8", 1, new byte[] { 254 }, -2f)]
    [InlineData("U16", 2, new byte[] { 254, 255 }, 65534f)]
    [InlineData("U8", 1, new byte[] { 254 }, 254f)]
    [InlineData("BOOL", 1, new byte[] { 1 }, 1f)]
    public void Every_type_becomes_float32(string type, int size, byte[] bytes, float expected)
    {
        using var checkpoint = SafeTensors.Open(Write($$"""{"x":{"dtype":"{{type}}","shape":[1],"data_offsets":[0,{{size}}]} }""", bytes));
        Assert.Equal([expected], checkpoint["x"].ToFloats().ToArray());
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}}""", "not what its shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4],"data_offsets":[4,20]}}""", "not inside the file")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}""", "not what its shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4611686018427387905,4],"data_offsets":[0,16]}}""", "not what its shape")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}""", "not inside the file")]
    [InlineData(
        """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "overlap")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "twice")]
    [InlineData("""{"x":{"dtype":"F31","shape":[4],"data_offsets":[0,16]}}""", "F31")]
    [InlineData("""{"x":{"dtype":"F32","shape":"4","data_offsets":[0,16]}}""", "header")]
    [InlineData("""{"x":3}""", "header")]
    [InlineData("[]", "header")]
    [InlineData("{", "header")]
    public void A_hostile_header_is_refused_with_its_reason(string header, string reason)
    {
        var path = Write(header, new byte[16]);
        var error = Assert.Throws<InvalidDataException>(() => SafeTensors.Open(path));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(17UL)]
    [InlineData(99_999_999UL)]
    [InlineData(ulong.MaxValue)]
    public void A_header_of_absurd_length_is_refused(ulong length)
    {
        var path = Write("{}", new byte[14]);
        using (var file = File.OpenWrite(path))
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
            file.Write(bytes);
        }

        Assert.Throws<InvalidDataException>(() => SafeTensors.Open(path));
    }

    [Fact]
    public void A_damaged_safetensors_file_ends_in_a_sentence_only() => Fuzz("bert_rerank/model.safetensors", SafeTensors.Open, 1200);

    [Fact]
    public void A_damaged_zip_of_torch_ends_in_a_sentence_only() => Fuzz("bert_mlm_checkpoint/pytorch_model.bin", PyTorchFile.Open, 400);

    [Fact]
    public void A_damaged_old_file_of_torch_ends_in_a_sentence_only() => Fuzz("distilbert/pytorch_model.bin", PyTorchFile.Open, 6000);

    [Theory]
    [InlineData("posix\nsystem\n", "posix.system")]
    [InlineData("builtins\neval\n", "builtins.eval")]
    public void A_pickle_that_calls_is_refused_by_name(string function, string name)
    {
        byte[] pickle =
        [
            0x80, 2, (byte)'c', .. Encoding.ASCII.GetBytes(function), (byte)'(', (byte)'X', 2, 0, 0, 0, (byte)'l', (byte)'s', (byte)'t',
            (byte)'R', (byte)'.',
        ];
        var error = Assert.Throws<InvalidDataException>(() => Pickle.Read(pickle, out _));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_in_a_zip_of_torch_are_read_where_they_lie()
    {
        var path = Path.Combine(_folder, "large.bin");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            Add(archive, "a/data.pkl", [0x80, 2, (byte)'}', .. Tensor("w", [1024, 1024], [1024, 1]), (byte)'s', (byte)'.']);
            Add(archive, "a/data/0", new byte[4 << 20]);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        using var checkpoint = PyTorchFile.Open(path);
        Assert.Equal(1 << 20, checkpoint["w"].Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Views_that_would_take_far_more_memory_than_the_file_are_refused()
    {
        var path = Path.Combine(_folder, "bomb.bin");
        using (var archive = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            var turned = Enumerable.Range(0, 100).SelectMany(i => (byte[])[.. Tensor($"w{i}", [256, 256], [1, 256]), (byte)'s']);
            Add(archive, "a/data.pkl", [0x80, 2, (byte)'}', .. turned, (byte)'.']);
            Add(archive, "a/data/0", new byte[256 * 256 * 4]);
        }

        var error = Assert.Throws<InvalidDataException>(() => PyTorchFile.Open(path));
        Assert.Contains("more memory than the file", error.Message, StringComparison.Ordinal);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ordered dictionaries")]
    [InlineData("shapes")]
    public void A_pickle_that_copies_the_same_again_and_again_is_refused(string what)
    {
        const int Many = 2000;
        var items = Enumerable.Range(0, Many);
        byte[] pickle = what == "shapes"
            ?
            [
                0x80, 2, (byte)'(', .. items.SelectMany(_ => (byte[])[(byte)'K', 1]), (byte)'t', (byte)'q', 7, (byte)'0',
                .. items.SelectMany(_ => Tensor(null, null, null)), (byte)'.',
            ]
            : [0x80, 2, (byte)'c', .. "collections\nOrderedDict\n"u8, (byte)'q', 1, (byte)'0', (byte)']', (byte)'(',
                .. items.SelectMany(i => (byte[])[.. Text($"{i}"), (byte)'N', 0x86]), (byte)'e', 0x85, (byte)'q', 7, (byte)'0',
                .. items.SelectMany(_ => (byte[])[(byte)'h', 1, (byte)'h', 7, (byte)'R']), (byte)'.'];
        Assert.Contains(
            "copies more than it holds",
            Assert.Throws<InvalidDataException>(() => Pickle.Read(pickle, out _)).Message,
            StringComparison.Ordinal);
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        using var stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        stream.Write(bytes);
    }

    // A name and a call that builds a tensor on the storage "0"; without a shape, shape and strides are what is recalled as 7.
    private static byte[] Tensor(string? name, int[]? shape, int[]? strides) =>
    [
        .. name is null ? [] : Text(name),
        (byte)'c', .. "torch._utils\n_rebuild_tensor_v2\n"u8,
        (byte)'(', (byte)'(', .. Text("storage"), (byte)'c', .. "torch\nFloatStorage\n"u8,
        .. Text("0"), .. Text("cpu"), .. Number(1 << 20), (byte)'t', (byte)'Q',
        .. Number(0), .. Tuple(shape), .. Tuple(strides), (byte)'t', (byte)'R',
    ];

    private static byte[] Tuple(int[]? numbers) => numbers is null ? [(byte)'h', 7] : [(byte)'(', .. numbers.SelectMany(Number), (byte)'t'];

    private static byte[] Number(int number) => [(byte)'J', .. BitConverter.GetBytes(number)];

    private static byte[] Text(string text) => [(byte)'X', .. BitConverter.GetBytes(text.Length), .. Encoding.ASCII.GetBytes(text)];

    // Cuts and changes a good file by a seed: it opens, or the one exception comes.
    private void Fuzz(string golden, Func<string, Checkpoint> open, int head)
    {
        var good = File.ReadAllBytes(Assets.Require(Path.Combine("golden/architectures", golden)));
        var random = new Random(20261123);
        var path = Path.Combine(_folder, "damaged");
        for (var round = 0; round < 500; round++)
        {
            var bytes = good.ToArray();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var at = random.Next(2) == 0
                    ? random.Next(Math.Min(head, bytes.Length))
                    : bytes.Length - 1 - random.Next(Math.Min(head * 4, bytes.Length));
                bytes[at] = (byte)random.Next(256);
            }

            File.WriteAllBytes(path, bytes[..(random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length)]);
            try
            {
                using var checkpoint = open(path);
                foreach (var tensor in checkpoint.Tensors.Values)
                {
                    Assert.Equal(tensor.Length, tensor.ToFloats().Length);
                }
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    private string Write(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        var path = Path.Combine(_folder, "file.safetensors");
        File.WriteAllBytes(path, [.. length, .. json, .. data]);
        return path;
    }
}
