using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests.Checkpoints;

/// <summary>Files as trainings write them: weights among everything else. Trainings/make.py made the files here.</summary>
public sealed class TrainingFileTests : IDisposable
{
    private static readonly string[] Network =
        [
            "conv.bias", "conv.weight", "inner.0.bias", "inner.0.weight", "norm.bias", "norm.num_batches_tracked", "norm.running_mean",
            "norm.running_var", "norm.weight",
        ];

    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("training-zip.pth")]
    [InlineData("training-old.pth")]
    [InlineData("module-zip.pth")]
    public void What_nobody_needs_decides_nothing(string name)
    {
        using var checkpoint = PyTorchFile.Open(Path(name));
        Assert.Equal(Network, checkpoint.Tensors.Keys.Order(StringComparer.Ordinal));
        using var other = PyTorchFile.Open(Path("training-zip.pth"));
        Assert.All(checkpoint.Tensors, tensor => Assert.Equal(other[tensor.Key].ToFloats().ToArray(), tensor.Value.ToFloats().ToArray()));
        Assert.Equal([3, 2, 2, 2], checkpoint["conv.weight"].Shape);
    }

    [Theory]
    [InlineData("views-zip.pth")]
    [InlineData("views-old.pth")]
    public void Views_of_all_kinds_are_read(string name)
    {
        using var checkpoint = PyTorchFile.Open(Path(name));
        void Is(string tensor, params float[] numbers) => Assert.Equal(numbers, checkpoint[tensor].ToFloats().ToArray());
        Is("part", 5, 6, 9, 10);
        Is("turned", 0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
        Is("every_other", 0, 1, 2, 3, 8, 9, 10, 11);
        Is("repeated", 0, 1, 2, 0, 1, 2);
        Is("all_the_same", [.. Enumerable.Repeat(1.5f, 20)]);
        Is("none");
        Is("one", 2.5f);
        Is("half", [.. Enumerable.Range(0, 12).Select(i => (float)i)]);
        Is("brain", [.. Enumerable.Range(0, 12).Select(i => (float)i)]);
        Is("bytes", [.. Enumerable.Range(0, 12).Select(i => (float)i)]);
        Is("switches", 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
        Assert.Null(checkpoint.Find("wave")); // complex numbers
    }

    [Fact]
    public void An_optimizer_beside_the_weights_of_an_old_file_changes_nothing()
    {
        using var training = PyTorchFile.Open(Assets.Require("cases/legacy-pth-optimizer/legacy_train.pth"));
        Assert.Equal("module.", training.Wrapper);
        using var published = PyTorchFile.Open(Directory.GetFiles(Assets.Require("models/resnet-cifar10"), "resnet20-*.th")[0]);
        Assert.Equal(
            published.Tensors.Count, training.Tensors.Count(t => !t.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)));
        Assert.All(published.Tensors, tensor => Assert.Equal(tensor.Value.ToFloats().ToArray(), training[tensor.Key].ToFloats().ToArray()));
        using var network = ImageEmbedder.Load(Assets.Require("cases/legacy-pth-optimizer/legacy_train.pth"));
        Assert.Equal(64, network.Dimensions);
    }

    [Theory]
    [InlineData("expand2.pt", "row", 4, 3)]
    [InlineData("counter.pt", "w", 0, 0)]
    public void Small_files_of_the_cases_are_read(string name, string tensor, int rows, int columns)
    {
        using var checkpoint = PyTorchFile.Open(Assets.Require("cases/pth-views-and-wrappers/" + name));
        var shape = checkpoint[tensor].Shape;
        Assert.True(rows == 0 || shape.SequenceEqual([rows, columns]));
        Assert.Equal(shape.Aggregate(1L, (a, b) => a * b), checkpoint[tensor].ToFloats().Length);
    }

    [Fact]
    public void A_compiled_network_is_the_network()
    {
        using var compiled = ImageEmbedder.Load(Assets.Require("cases/pth-views-and-wrappers/orig_mod.pth"));
        Assert.Equal(64, compiled.Dimensions);
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("model.")]
    [InlineData("backbone.")]
    [InlineData("net.")]
    [InlineData("_orig_mod.")]
    [InlineData("module._orig_mod.model.")]
    [InlineData("model.backbone._orig_mod.")]
    [InlineData("0.auto_model.")]
    public void Names_of_what_a_network_was_inside_of_are_passed_over(string wrapper)
    {
        var path = Assets.Require("models/resnet-cifar10/resnet20.safetensors");
        using var plain = SafeTensors.Open(path);
        var tensors = plain.Tensors.ToDictionary(
            t => wrapper + t.Key, t => new Tensor(wrapper + t.Key, t.Value.Type, t.Value.Shape, t.Value.Bytes));
        tensors["head.extra"] = new Tensor("head.extra", DType.F32, [1], new byte[4]);
        using var wrapped = new Checkpoint(tensors);
        using var empty = System.Text.Json.JsonDocument.Parse("{}");
        Assert.True(Simile.Models.Architectures.ConvolutionNetwork.Knows(empty.RootElement, wrapped));
        using var network = Simile.Models.Architectures.ConvolutionNetwork.Build(empty.RootElement, new Checkpoint(tensors), ["avgpool"]);
        Assert.Equal(64, network.OutputShape("avgpool")[1]);
    }

    [Theory]
    [InlineData("0.auto_model.")]
    [InlineData("module.")]
    [InlineData("module.bert.")]
    [InlineData("model.")]
    [InlineData("_orig_mod.")]
    public void A_text_network_inside_something_else_is_the_same(string wrapper)
    {
        var folder = Assets.Require("golden/architectures/bert_pooler");
        using var config = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(folder, "config.json")));
        using var plain = ModelFolder.Find(folder).OpenCheckpoint();
        var tensors = plain.Tensors.ToDictionary(
            t => wrapper + t.Key, t => new Tensor(wrapper + t.Key, t.Value.Type, t.Value.Shape, t.Value.Bytes));
        using var network = Simile.Models.Architectures.TextNetwork.Build(config.RootElement, new Checkpoint(tensors), ["pooler_output"]);
        using var same = Simile.Models.Architectures.TextNetwork.Build(
            config.RootElement, new Checkpoint(plain.Tensors), ["pooler_output"]);
        Assert.Equal(same.OutputShape("pooler_output"), network.OutputShape("pooler_output"));

        // Of a layer every learned number must be used, inside something else too.
        tensors[wrapper + "encoder.layer.0.adapter.weight"] = new Tensor("adapter", DType.F32, [1], new byte[4]);
        Assert.Contains("adapter", Assert.Throws<NotSupportedException>(() => Simile.Models.Architectures.TextNetwork.Build(
            config.RootElement, new Checkpoint(tensors), ["pooler_output"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state_dict")]
    [InlineData("model")]
    [InlineData("model_ema")]
    [InlineData("state_dict_ema")]
    [InlineData("teacher")]
    [InlineData("net")]
    [InlineData("generator")]
    [InlineData("some_name_of_ones_own")]
    [InlineData("model", "state_dict")]
    [InlineData("student", "network")]
    public void Weights_are_found_by_the_names_that_trainings_give_them(params string[] wrappers)
    {
        byte[] inner = [(byte)'}', .. Text("w"), .. Tensor(), (byte)'s'];
        foreach (var wrapper in wrappers.Reverse())
        {
            inner =
            [
                (byte)'}', .. Text("epoch"), (byte)'K', 3, (byte)'s', .. Text("optimizer"), (byte)'}', .. Text("lots"), .. Tensor(),
                (byte)'s', .. Text("more"), .. Tensor(), (byte)'s', (byte)'s', .. Text(wrapper), .. inner, (byte)'s',
            ];
        }

        using var checkpoint = PyTorchFile.Open(Zip([0x80, 2, .. inner, (byte)'.']));
        Assert.Equal(["w"], checkpoint.Tensors.Keys);
    }

    [Fact]
    public void A_file_without_tensors_is_refused_with_what_was_seen()
    {
        var path = Zip(
        [
            0x80, 2, (byte)'}', .. Text("epoch"), (byte)'K', 3, (byte)'s', .. Text("args\u001b[31m"), (byte)'c',
            .. "argparse\nNamespace\n"u8, (byte)')', 0x81, (byte)'}', (byte)'b', (byte)'s', (byte)'.',
        ]);
        var message = Assert.Throws<InvalidDataException>(() => PyTorchFile.Open(path)).Message;
        Assert.Contains("epoch (a number)", message, StringComparison.Ordinal);
        Assert.Contains("argparse.Namespace", message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
    }

    [Fact]
    public void A_network_that_nobody_knows_is_refused_with_the_names_of_its_tensors()
    {
        var path = Zip([0x80, 2, (byte)'}', .. Text("tower.0.strange.weight"), .. Tensor(), (byte)'s', (byte)'.']);
        Assert.Contains(
            "tower.0.strange.weight",
            Assert.Throws<NotSupportedException>(() => ImageEmbedder.Load(path)).Message,
            StringComparison.Ordinal);
    }

    // Each as the value of a key that nobody needs.
    [Theory]
    [InlineData("os\nsystem\n")]
    [InlineData("posix\nsystem\n")]
    [InlineData("subprocess\nPopen\n")]
    [InlineData("builtins\nexec\n")]
    [InlineData("__builtin__\neval\n")]
    [InlineData("builtins\ngetattr.__call__\n", false)]
    [InlineData("importlib\nimport_module\n")]
    [InlineData("my.training.config\nSettings\n", false)]
    public void What_runs_programs_is_refused_by_name_and_other_calls_do_nothing(string function, bool isRefused = true)
    {
        byte[] call = [(byte)'c', .. Encoding.ASCII.GetBytes(function), .. Text("touch " + _folder + "/touched"), 0x85, (byte)'R'];
        var path = Zip([0x80, 2, (byte)'}', .. Text("x"), .. call, (byte)'s', .. Text("w"), .. Tensor(), (byte)'s', (byte)'.']);
        if (isRefused)
        {
            Assert.Contains(
                function.Split('\n')[1],
                Assert.Throws<InvalidDataException>(() => PyTorchFile.Open(path)).Message,
                StringComparison.Ordinal);
        }
        else
        {
            using var checkpoint = PyTorchFile.Open(path);
            Assert.Equal(["w"], checkpoint.Tensors.Keys);
        }

        Assert.False(File.Exists(System.IO.Path.Combine(_folder, "touched")));
    }

    [Fact]
    public void A_dictionary_inside_itself_ends()
    {
        var path = Zip(
            [0x80, 2, (byte)'}', (byte)'q', 1, .. Text("model"), (byte)'h', 1, (byte)'s', .. Text("w"), .. Tensor(), (byte)'s', (byte)'.']);
        using var checkpoint = PyTorchFile.Open(path);
        Assert.Equal(["w"], checkpoint.Tensors.Keys);
    }

    [Theory]
    [InlineData("tar", "tar archive")]
    [InlineData("gzip", "gzip")]
    [InlineData("page", "fetch the file anew")]
    [InlineData("safetensors", "safetensors")]
    [InlineData("noise", "not a file of torch.save")]
    public void Other_forms_are_called_by_their_names(string form, string word)
    {
        var path = System.IO.Path.Combine(_folder, "x.pth");
        using (var file = File.Create(path))
        {
            switch (form)
            {
                case "tar":
                    using (var tar = new TarWriter(file, TarEntryFormat.Ustar))
                    {
                        tar.WriteEntry(
                            new UstarTarEntry(TarEntryType.RegularFile, "sys_info") { DataStream = new MemoryStream(new byte[600]) });
                    }

                    break;
                case "gzip":
                    using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
                    {
                        gzip.Write(new byte[600]);
                    }

                    break;
                case "page":
                    file.Write("<!DOCTYPE html><html><body>404</body></html>"u8);
                    break;
                case "safetensors":
                    file.Write([2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
                    break;
                default:
                    file.Write([1, 2, 3, 4, 5, 6, 7]);
                    break;
            }
        }

        var message = Assert.Throws<InvalidDataException>(() => PyTorchFile.Open(path)).Message;
        Assert.Contains(word, message, StringComparison.Ordinal);
        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    private static string Path(string name) =>
        System.IO.Path.Combine(Assets.Repository, "tests/Simile.Models.Tests/Checkpoints/Trainings", name);

    private string Zip(byte[] pickle)
    {
        var path = System.IO.Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".pth");
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, bytes) in new[] { ("a/data.pkl", pickle), ("a/data/0", new byte[16]) })
        {
            using var stream = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
            stream.Write(bytes);
        }

        return path;
    }

    // A tensor of four numbers.
    private static byte[] Tensor() =>
    [
        (byte)'c', .. "torch._utils\n_rebuild_tensor_v2\n"u8,
        (byte)'(', (byte)'(', .. Text("storage"), (byte)'c', .. "torch\nFloatStorage\n"u8,
        .. Text("0"), .. Text("cpu"), (byte)'K', 4, (byte)'t', (byte)'Q',
        (byte)'K', 0, (byte)'K', 4, 0x85, (byte)'K', 1, 0x85, 0x89, (byte)'N', (byte)'t', (byte)'R',
    ];

    private static byte[] Text(string text)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, Encoding.UTF8.GetByteCount(text));
        return [(byte)'X', .. length, .. Encoding.UTF8.GetBytes(text)];
    }
}
