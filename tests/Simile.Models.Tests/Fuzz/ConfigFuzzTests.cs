using Microsoft.ML.OnnxRuntime;
using Simile.Audio;
using Simile.Imaging;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using Simile.Models.Text;
using Simile.Numerics.Files;
using Simile.Testing;
using TensorElementType = Microsoft.ML.OnnxRuntime.Tensors.TensorElementType;

namespace Simile.Models.Tests.Fuzz;

/// <summary>The JSON files of every golden model, changed at random: what comes is a vector or one sentence, in bounded memory.</summary>
public sealed class ConfigFuzzTests : IDisposable
{
    private const int Rounds = 6;
    private const long LargestMemory = 1L << 30;

    // Of every family the names of one that it has.
    private static readonly string[] Outputs = ["last_hidden_state", "forward_features", "features", "pooler_output", "logits"];

    private readonly string _folder = Assets.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_changed_config_of_a_network_gives_a_vector_or_a_sentence() =>
        Fuzz(Cases("architectures").Where(folder => File.Exists(Path.Combine(folder, "config.json")) && !IsSentences(folder)), RunNetwork);

    [Fact]
    public void A_changed_file_of_sentence_transformers_gives_a_vector_or_a_sentence() =>
        Fuzz(Cases("architectures").Where(IsSentences), folder =>
        {
            if (Path.GetFileName(folder).StartsWith("ce_", StringComparison.Ordinal))
            {
                using var reranker = CrossEncoder.Load(folder);
                reranker.Score([("a cat", "a dog")]);
                return;
            }

            using var embedder = TextEmbedder.Load(folder);
            embedder.Embed("a cat");
        });

    [Fact]
    public void A_changed_processor_makes_a_picture_ready_or_says_a_sentence()
    {
        var picture = new Picture(40, 30, 3, new byte[3600]);
        Fuzz(Cases("images/processors"), folder =>
        {
            var processor = ImageProcessor.Load(folder);
            var (width, height) = processor.OutputSize(picture.Width, picture.Height);
            if ((long)width * height < 4_000_000)
            {
                processor.Process(picture, new float[3 * width * height]);
            }
        });
    }

    [Fact]
    public void A_changed_extractor_makes_a_sound_ready_or_says_a_sentence()
    {
        var sound = new Waveform(Enumerable.Range(0, 4000).Select(i => MathF.Sin(i * 0.1f)).ToArray(), 16000);
        Fuzz(Cases("audio/extractors"), folder => FeatureExtractor.Load(folder).Extract(sound));
    }

    [Fact]
    public void A_changed_file_of_a_joined_model_gives_a_vector_or_a_sentence()
    {
        var joined = Path.Combine(_folder, "good", "join"); // as deep as its copies: it names its networks by relative paths
        var names = Path.Combine(_folder, "names.txt");
        File.WriteAllLines(names, Enumerable.Range(0, 10).Select(i => $"thing {i}"));
        ClassNameProjection.Build(joined, new ClassNameProjectionOptions
        {
            Classifier = Assets.Require("models/resnet-cifar10/resnet20_cifar10.onnx"),
            Kind = MediaKind.Image,
            Labels = names,
        });
        var photo = Assets.Require("data/photos/coffee.png");
        Fuzz([joined, joined, joined], folder =>
        {
            using var model = MultimodalModel.Load(folder);
            model.EmbedImages([photo]);
        });
    }

    private static IEnumerable<string> Cases(string kind) =>
        Directory.EnumerateFiles(Assets.Require("golden/" + kind), "case.json", SearchOption.AllDirectories)
            .Select(file => Path.GetDirectoryName(file)!)
            .Where(folder => !folder.Contains("fullsize", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static bool IsSentences(string folder) =>
        File.Exists(Path.Combine(folder, "modules.json")) || File.Exists(Path.Combine(folder, "tokenizer.json"));

    private void Fuzz(IEnumerable<string> folders, Action<string> run)
    {
        foreach (var golden in folders)
        {
            var folder = Path.Combine(_folder, "changed", Path.GetFileName(golden));
            var files = Copy(golden, folder);
            run(folder); // what is changed is good
            foreach (var seed in Effort.Rounds(Rounds))
            {
                var random = new Random(seed);
                var file = files[random.Next(files.Length)];
                var good = File.ReadAllBytes(file);
                var changed = JsonMutation.Of(good, random);
                File.WriteAllBytes(file, changed);
                try
                {
                    Try(folder, run);
                }
                catch (Exception e)
                {
                    throw new InvalidOperationException(
                        $"{Path.GetFileName(golden)}, seed {seed}, {Path.GetRelativePath(folder, file)}: {e}\n"
                        + $"{System.Text.Encoding.UTF8.GetString(changed)}",
                        e);
                }

                File.WriteAllBytes(file, good);
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    // What a golden folder says of itself is not the model's; the weights are not changed here.
    private static string[] Copy(string golden, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(golden, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(golden, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, File.ReadAllBytes(file));
        }

        string[] others = ["case.json", "sentences.json", "pairs.json", "vocab.json"];
        return [.. Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Where(file => !others.Contains(Path.GetFileName(file)))
            .Order(StringComparer.Ordinal)];
    }

    private static void Try(string folder, Action<string> run)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Record.Exception(() => run(folder));
        if (refusal is not null)
        {
            Assert.True(
                refusal is InvalidDataException or NotSupportedException or FileNotFoundException or DirectoryNotFoundException
                || refusal.GetType() == typeof(ArgumentException),
                refusal.ToString());
            Effort.AssertIsSentence(refusal.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, LargestMemory);
    }

    private static void RunNetwork(string folder)
    {
        using var io = SafeTensors.Open(Path.Combine(folder, "io.safetensors"));
        using var config = JsonFile.Parse(Path.Combine(folder, "config.json"));
        var files = ModelFolder.Find(folder);
        var family = JsonFile.Text(config.RootElement, "model_type");
        if (DualEncoderNetwork.Knows(family))
        {
            Run(Owned(files, checkpoint => DualEncoderNetwork.BuildText(config.RootElement, checkpoint, ["text_embeds"])), io);
            Run(Owned(files, checkpoint => family == "clap"
                ? DualEncoderNetwork.BuildSound(config.RootElement, checkpoint, ["audio_embeds"])
                : DualEncoderNetwork.BuildPicture(config.RootElement, checkpoint, ["image_embeds"])), io);
            return;
        }

        Run(Owned(files, checkpoint => NetworkOutputs.First(Outputs, output =>
            ConvolutionNetwork.Knows(config.RootElement, checkpoint) ? ConvolutionNetwork.Build(config.RootElement, checkpoint, [output])
            : ImageNetwork.Knows(family) || io.Find("input.pixel_values") is not null ? ImageNetwork.Build(
                config.RootElement, checkpoint, [output])
            : SoundNetwork.Knows(family) || io.Find("input.input_ids") is null ? SoundNetwork.Build(
                config.RootElement, checkpoint, [output])
            : TextNetwork.Build(config.RootElement, checkpoint, [output])).Network), io);
    }

    private static OnnxModel Owned(ModelFolder files, Func<Checkpoint, OnnxModel> build)
    {
        var checkpoint = files.OpenCheckpoint();
        try
        {
            return build(checkpoint);
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    private static void Run(OnnxModel model, Checkpoint io)
    {
        using (model)
        {
            var inputs = model.Inputs.Select(name => (Name: name, Value: Input(io, name))).Where(input => input.Value is not null)
                .ToArray();
            if (inputs.Length == model.Inputs.Count)
            {
                using var outputs = model.Run(
                    [.. inputs.Select(input => input.Name)], [.. inputs.Select(input => input.Value!)], model.Outputs);
            }

            Array.ForEach(inputs, input => input.Value!.Dispose());
        }
    }

    // Types of tokens are 0 where the golden case has none.
    private static OrtValue? Input(Checkpoint io, string name)
    {
        var tensor = io.Find("input." + name) ?? (name is "token_type_ids" or "attention_mask" ? io.Find("input.input_ids") : null);
        return tensor switch
        {
            null => null,
            _ when tensor.Name != "input." + name => OrtValue.CreateTensorValueFromMemory(new long[tensor.Length], tensor.Shape),
            { Type: DType.F32 } => OrtValue.CreateTensorValueFromMemory(tensor.ToFloats().ToArray(), tensor.Shape),
            { Type: DType.I64 } =>
                OrtValue.CreateTensorValueFromMemory(
                    System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(tensor.Bytes.Span).ToArray(), tensor.Shape),
            { Type: DType.I32 } =>
                OrtValue.CreateTensorValueFromMemory(
                    System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(tensor.Bytes.Span).ToArray(), tensor.Shape),
            _ => null,
        };
    }
}
