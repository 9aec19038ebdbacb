using System.Text.Json;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;

namespace Golden;

/// <summary>A checkpoint of golden/architectures: every output must be within the tolerance that the case states.</summary>
internal static partial class ArchitectureCase
{
    public static void Check(string folder)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "case.json")));
        var info = file.RootElement;
        var tolerance = info.GetProperty("tolerance").GetSingle();
        using var io = SafeTensors.Open(Path.Combine(folder, "io.safetensors"));
        var family = info.GetProperty("family").GetString();
        switch (family)
        {
            case var text when TextNetwork.Knows(text):
                CheckText(folder, io, tolerance);
                break;
            case var image when ImageNetwork.Knows(image):
                CheckPictures(folder, io, tolerance);
                break;
            case var sound when SoundNetwork.Knows(sound):
                CheckSounds(folder, io, tolerance);
                break;
            case var joint when DualEncoderNetwork.Knows(joint):
                CheckJoint(folder, io, tolerance);
                break;
            case "resnet" or "convnext" or "convnextv2" or "efficientnet" or "mobilenet_v2" or "timm" or "torchvision":
                CheckConvolutions(folder, info, io, tolerance);
                break;
            case "sentence-transformers":
                CheckSentences(folder, info, io, tolerance);
                break;
            case "transformers" when TextFamilies.ContainsKey(info.GetProperty("constructor").GetProperty("name").GetString()!):
                CheckFullSize(folder, info, io, tolerance);
                break;
            case "transformers" when info.GetProperty("constructor").GetProperty("name").GetString() == "CLIPModel":
                CheckFullSizeClip(folder, info, io, tolerance);
                break;
            default:
                Assert.Skip($"{Path.GetFileName(folder)} is of the family {family}, which is not supported.");
                break;
        }
    }

    /// <summary>The largest absolute difference. The case fails if it exceeds the tolerance.</summary>
    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance))
            {
                Assert.Fail($"{what}: element {i} is {actual[i]} where the reference has {expected[i]} (tolerance {tolerance}).");
            }
        }
    }
}
