using System.Text.Json;
using System.Text.Json.Nodes;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Testing;

namespace Simile.Models.Tests.Architectures;

public class ConvolutionNetworkTests
{
    private static readonly string[] Numbers =
    [
        "-1", "0", "7", "2147483648", "1e300", "\"text\"", "null", "[]", "[0]", "[1, 1, 1, 1000000]", "{}",
    ];

    public static TheoryData<string> Cases() =>
        [
                "resnet_basic", "resnet_bottleneck", "convnextv2", "efficientnet", "mobilenet_v2", "timm_convnext", "timm_efficientnet",
                "timm_resnet",
            ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_number_of_the_config_that_makes_no_network_is_refused_with_a_sentence(string name)
    {
        var (config, folder) = Read(name);
        using var checkpoint = ModelFolder.Find(folder).OpenCheckpoint();
        foreach (var (key, _) in config.ToArray())
        {
            foreach (var other in Numbers)
            {
                var changed = JsonNode.Parse(config.ToJsonString())!.AsObject();
                changed[key] = JsonNode.Parse(other);
                var error = Error(changed, new Checkpoint(checkpoint.Tensors));
                Assert.True(error is null or InvalidDataException or NotSupportedException, $"{key} = {other}: {error}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_tensor_that_is_missing_or_has_another_shape_is_refused_with_a_sentence(string name)
    {
        var (config, folder) = Read(name);
        using var checkpoint = ModelFolder.Find(folder).OpenCheckpoint();
        var refused = 0;
        foreach (var tensor in checkpoint.Tensors.Values.Where(t => t.Type != DType.I64))
        {
            var missing = checkpoint.Tensors.Where(t => t.Key != tensor.Name).ToDictionary();
            var other = new Tensor(tensor.Name, DType.F32, [2, 3, 5], new byte[120]);
            foreach (var tensors in (IEnumerable<KeyValuePair<string, Tensor>>[])[missing, missing.Append(new(tensor.Name, other))])
            {
                var error = Error(config, new Checkpoint(tensors.ToDictionary()));
                Assert.True(error is null or InvalidDataException or NotSupportedException, $"{tensor.Name}: {error}");
                refused += error is null ? 0 : 1;
            }
        }

        Assert.InRange(refused, 10, int.MaxValue);
    }

    [Fact]
    public void A_checkpoint_with_other_depths_than_the_config_is_refused()
    {
        var (config, folder) = Read("resnet_basic");
        config["depths"] = new JsonArray(2, 2, 1);
        using var checkpoint = ModelFolder.Find(folder).OpenCheckpoint();
        var error = Assert.IsType<InvalidDataException>(Error(config, new Checkpoint(checkpoint.Tensors)));
        Assert.Contains("2, 2, 1 blocks, but the checkpoint has 2, 1, 1", error.Message, StringComparison.Ordinal);
    }

    private static (JsonObject Config, string Folder) Read(string name)
    {
        var folder = Assets.Require("golden/architectures/" + name);
        return (JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!.AsObject(), folder);
    }

    private static Exception? Error(JsonObject config, Checkpoint checkpoint) => Record.Exception(() =>
    {
        using var document = JsonDocument.Parse(config.ToJsonString());
        ConvolutionNetwork.Build(document.RootElement, checkpoint, ["pooler_output"]).Dispose();
    });
}
