using System.Text.Json;
using Simile.Models.Architectures;

namespace Simile.Models.Tests.Architectures;

public class RotaryFrequenciesTests
{
    [Theory]
    [InlineData("{}", 1, 0.01f)]
    [InlineData("""{ "rope_theta": 100 }""", 1, 0.1f)]
    [InlineData("""{ "rope_theta": 100, "rope_scaling": { "type": "linear", "factor": 4 } }""", 0.25f, 0.025f)]
    [InlineData("""{ "rope_parameters": { "rope_theta": 100, "rope_type": "default" } }""", 1, 0.1f)]
    [InlineData("""{ "rope_parameters": { "near": { "rope_theta": 100 }, "far": { "rope_theta": 4 } } }""", 1, 0.1f)]
    // Of the waves 2π and 200π, in 32 trained places, the short one stays and the long one is stretched by 8.
    [InlineData("""{ "rope_scaling": { "rope_type": "llama3", "factor": 8, "low_freq_factor": 1, "high_freq_factor": 4, "original_max_position_embeddings": 32 } }""", 1, 0.00125f)]
    public void Files_of_either_layout_give_the_frequencies(string config, float first, float second)
    {
        var frequencies = Read(config);
        Assert.Equal([first, second], frequencies, (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void Another_scaling_is_refused_with_those_that_are_built() =>
        Assert.Contains("default, linear and llama3", Assert.Throws<NotSupportedException>(() => Read("""{ "rope_scaling": { "rope_type": "yarn", "factor": 4 } }""")).Message, StringComparison.Ordinal);

    private static float[] Read(string config)
    {
        using var json = JsonDocument.Parse(config);
        return RotaryFrequencies.Read(new ConfigFile(json.RootElement), 4, "rope_theta", 10_000, "near");
    }
}
