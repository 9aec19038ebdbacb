using Simile.Models.Checkpoints;

namespace Simile.Models.Architectures;

/// <summary>
/// wav2vec 2.0 (Baevski et al. 2020) with transformers' names: convolutions over the samples, then a transformer over their frames.
/// </summary>
internal static class Wav2Vec2
{
    /// <param name="Kernel">Kernel size in samples, or in frames of the previous layer.</param>
    /// <param name="Stride">Distance between frames.</param>
    /// <param name="Channels">Number of output channels.</param>
    private sealed record Convolution(int Kernel, int Stride, int Channels);

    /// <summary>Writes the whole network. <c>attention_mask</c>, int64 [batch, samples], marks valid samples.</summary>
    public static void Build(SoundGraph sound)
    {
        var (config, graph) = (sound.Config, sound.Graph);
        config.Off("add_adapter", "adapter_attn_dim");
        if (config.Text("feat_extract_norm", "group") is not ("group" or "layer"))
        {
            throw new InvalidDataException("config.json: \"feat_extract_norm\" must be group or layer.");
        }

        var isStable = config.Flag("do_stable_layer_norm", false);
        var encoder = Vit.Encoder(config, PreNormNames.Wav2Vec2) with
        {
            NormsFirst = isStable,
            Epsilon = config.Positive("layer_norm_eps", 1e-5f),
        };
        var (hidden, layers) = (encoder.Hidden, config.Layers("num_hidden_layers"));
        var convolutions = Convolutions(config);
        var x = graph.Add("Unsqueeze", [sound.Sound("input_values", "samples"), graph.Constant(1L)]);
        for (var i = 0; i < convolutions.Length; i++)
        {
            x = Convolve(sound, x, convolutions, i);
        }

        x = graph.Transpose(x, 0, 2, 1);
        x = sound.LayerNorm(x, "feature_projection.layer_norm", convolutions[^1].Channels, encoder.Epsilon);
        sound.OfferFrames("extract_features", x, convolutions[^1].Channels);
        x = sound.Linear(x, "feature_projection.projection", hidden, convolutions[^1].Channels);
        var mask = FrameMask(sound, x, convolutions);
        x = graph.Add("Mul", [x, graph.Add("Unsqueeze", [graph.Cast(mask, TensorElementType.Float), graph.Constant(-1L)])]);
        x = graph.Add("Add", [x, Places(sound, x, hidden)]);
        x = isStable ? x : sound.LayerNorm(x, "encoder.layer_norm", hidden, encoder.Epsilon);
        x = sound.Layers(x, layers, hidden, (x, i) => encoder.Layer(sound, x, $"encoder.layers.{i}.", mask));
        sound.OfferFrames($"hidden_states.{layers}", x, hidden);
        x = isStable ? sound.LayerNorm(x, "encoder.layer_norm", hidden, encoder.Epsilon) : x;
        sound.OfferFrames("last_hidden_state", x, hidden);
    }

    private static Convolution[] Convolutions(ConfigFile config)
    {
        var (kernels, strides, channels) = (config.Sizes("conv_kernel"), config.Sizes("conv_stride"), config.Sizes("conv_dim"));
        return kernels.Length == strides.Length && kernels.Length == channels.Length
            ? [.. kernels.Select((kernel, i) => new Convolution(kernel, strides[i], channels[i]))]
            : throw new InvalidDataException("config.json: conv_kernel, conv_stride and conv_dim must have the same length.");
    }

    // The base models normalize each channel over time, after the first convolution; the large ones all channels of a frame, after each
    // convolution.
    private static string Convolve(SoundGraph sound, string x, Convolution[] convolutions, int layer)
    {
        var (graph, weights, channels) = (sound.Graph, sound.Weights, convolutions[layer].Channels);
        var name = $"feature_extractor.conv_layers.{layer}.";
        var bias = sound.Config.Flag("conv_bias", false) ? weights.Get(name + "conv.bias", channels) : null;
        var input = layer == 0 ? 1 : convolutions[layer - 1].Channels;
        x = graph.Conv(
            x, weights.Get(name + "conv.weight", channels, input, convolutions[layer].Kernel), bias, [convolutions[layer].Stride]);
        if (sound.Config.Text("feat_extract_norm", "group") == "layer")
        {
            x = graph.Transpose(sound.LayerNorm(graph.Transpose(x, 0, 2, 1), name + "layer_norm", channels, 1e-5f), 0, 2, 1);
        }
        else if (layer == 0)
        {
            var (scale, shift) = (weights.Get(name + "layer_norm.weight", channels), weights.Get(name + "layer_norm.bias", channels));
            x = graph.Add("InstanceNormalization", [x, graph.Weight(scale), graph.Weight(shift)], ("epsilon", 1e-5f));
        }

        return graph.Activation(x, sound.Config.Text("feat_extract_activation", "gelu"));
    }

    // The positional embedding is a convolution over many frames. An even kernel gives one frame too many.
    private static string Places(SoundGraph sound, string x, int hidden)
    {
        var (graph, config) = (sound.Graph, sound.Config);
        var (kernel, groups) = (config.Size("num_conv_pos_embeddings"), config.Size("num_conv_pos_embedding_groups"));
        var weight = graph.Weight<float>(
            NormedWeight(sound.Weights, hidden, ConfigFile.Share(hidden, groups), kernel), hidden, hidden / groups, kernel);
        var bias = graph.Weight(sound.Weights.Get("encoder.pos_conv_embed.conv.bias", hidden));
        var places = graph.Conv(graph.Transpose(x, 0, 2, 1), weight, bias, 1, [1], kernel / 2, groups);
        places = kernel % 2 == 0 ? graph.Slice(places, 2, 0, -1) : places;
        return graph.Transpose(graph.Activation(places, config.Text("feat_extract_activation", "gelu")), 0, 2, 1);
    }

    // Weight norm (Salimans and Kingma 2016): direction and length of each kernel position are stored separately.
    private static float[] NormedWeight(Weights weights, int hidden, int channels, int kernel)
    {
        const string Name = "encoder.pos_conv_embed.conv.";
        Tensor Part(string old, string current, params long[] shape) => weights.Get(weights.Choose(Name + old, Name + current), shape);
        var lengths = Part("weight_g", "parametrizations.weight.original0", 1, 1, kernel).ToFloats().Span;
        var weight = Part("weight_v", "parametrizations.weight.original1", hidden, channels, kernel).ToFloats().ToArray();
        for (var k = 0; k < kernel; k++)
        {
            var squares = 0.0;
            for (var i = k; i < weight.Length; i += kernel)
            {
                squares += (double)weight[i] * weight[i];
            }

            var scale = (float)(lengths[k] / Math.Sqrt(squares));
            for (var i = k; i < weight.Length; i += kernel)
            {
                weight[i] *= scale;
            }
        }

        return weight;
    }

    // With n samples, each convolution gives floor((n − kernel) / stride) + 1 frames.
    private static string FrameMask(SoundGraph sound, string x, Convolution[] convolutions)
    {
        var graph = sound.Graph;
        var samples = graph.Input("attention_mask", TensorElementType.Int64, "batch", "samples");
        var count = graph.Add("ReduceSum", [samples, graph.Constant(1L)], ("keepdims", 1L));
        foreach (var convolution in convolutions)
        {
            var rest = graph.Add("Sub", [count, graph.Scalar((long)convolution.Kernel)]);
            count = graph.Add("Add", [graph.Add("Div", [rest, graph.Scalar((long)convolution.Stride)]), graph.Scalar(1L)]);
        }

        var frames = graph.Add("Range", [graph.Scalar(0L), graph.Add("Squeeze", [graph.Sizes(x, 1, 2)]), graph.Scalar(1L)]);
        return graph.Cast(graph.Add("Less", [frames, count]), TensorElementType.Int32);
    }
}
