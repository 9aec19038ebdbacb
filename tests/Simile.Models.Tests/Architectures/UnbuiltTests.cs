using System.Text.Json;
using System.Text.Json.Nodes;
using Simile.Models.Architectures;
using Simile.Models.Checkpoints;
using Simile.Models.Onnx;
using Simile.Testing;

namespace Simile.Models.Tests.Architectures;

/// <summary>What changes a network's numbers and is not built is refused, never ignored.</summary>
public class UnbuiltTests
{
    [Theory]
    [InlineData("bert_pooler", "position_embedding_type", "\"relative_key_query\"")]
    [InlineData("bert_pooler", "is_decoder", "true")]
    [InlineData("roberta", "position_embedding_type", "\"relative_key\"")]
    [InlineData("albert", "position_embedding_type", "\"relative_key\"")]
    [InlineData("electra", "is_decoder", "true")]
    [InlineData("deberta_v2", "attention_head_size", "16")]
    [InlineData("deberta_v2", "conv_kernel_size", "3")]
    [InlineData("nomic_bert", "head_dim", "16")]
    [InlineData("nomic_bert", "rotary_emb_scale_base", "512")]
    [InlineData("nomic_bert", "causal", "true")]
    [InlineData("nomic_bert", "rotary_emb_fraction", "0.5")]
    [InlineData("nomic_bert", "partial_rotary_factor", "0.5")]
    [InlineData("llama", "partial_rotary_factor", "0.5")]
    [InlineData("gemma3_bidirectional", "attn_logit_softcapping", "50.0")]
    [InlineData("efficientnet", "pooling_type", "\"max\"")]
    [InlineData("wav2vec2_base", "add_adapter", "true")]
    [InlineData("timm_vit", "model_args.act_layer", "\"mish\"")]
    [InlineData("timm_vit", "model_args.norm_layer", "\"rmsnorm\"")]
    [InlineData("dinov2", "num_register_tokens", "4")]
    [InlineData("timm_convnext", "model_args.conv_mlp", "true")]
    [InlineData("qwen3_left", "attention_type", "\"prefix\"")]
    [InlineData("qwen3_left", "use_bidirectional_attention_in_half", "true")]
    [InlineData("llama", "sequence_is_causal_if", "\"always\"")]
    [InlineData("timm_efficientnet", "architecture", "\"mnasnet_100\"")]
    [InlineData("timm_resnet", "architecture", "\"resnetaa50\"")]
    public void A_field_that_is_not_built_is_refused_by_its_name(string name, string field, string value)
    {
        var (config, checkpoint) = Read(name);
        using (checkpoint)
        {
            var path = field.Split('.');
            var parent = path.Length > 1 ? config[path[0]]!.AsObject() : config;
            parent[path[^1]] = JsonNode.Parse(value);
            var error = Assert.Throws<NotSupportedException>(() => Build(config, checkpoint));
            Assert.Contains(field == "architecture" ? "timm" : path[^1].Split('_')[0], error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("bert_pooler", "encoder.layer.1.attention.self.distance_embedding.weight")]
    [InlineData("qwen3_left", "layers.0.self_attn.q_proj.lora_A.weight")]
    [InlineData("qwen3_left", "embedding_projection.weight")]
    [InlineData("llama", "model.latent_attention.query")]
    [InlineData("timm_vit", "blocks.1.attn.norm.weight")]
    [InlineData("timm_resnet", "layer2.0.se.fc1.weight")]
    [InlineData("wav2vec2_stable", "encoder.layers.0.adapter_layer.norm.weight")]
    public void Learnt_numbers_in_a_layer_that_the_network_would_not_use_are_named(string name, string tensor)
    {
        var (config, checkpoint) = Read(name);
        using var more = With(checkpoint, tensor);
        Assert.Contains(tensor, Assert.Throws<NotSupportedException>(() => Build(config, more)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bert_pooler", "cls.predictions.bias")]
    [InlineData("llama", "layers.0.self_attn.rotary_emb.inv_freq")]
    [InlineData("llama", "layers.99.mlp.gate_proj.weight")]
    [InlineData("swin", "encoder.layers.0.blocks.0.relative_position_index")]
    public void Heads_further_layers_and_counters_are_left_out(string name, string tensor)
    {
        var (config, checkpoint) = Read(name);
        using var more = With(checkpoint, tensor);
        Build(config, more).Dispose();
    }

    [Fact]
    public void A_text_or_a_switch_of_another_type_is_refused_and_not_taken_for_missing()
    {
        var (config, checkpoint) = Read("llama");
        using (checkpoint)
        {
            config["mlp_bias"] = "false";
            Assert.Contains(
                "true or false", Assert.Throws<InvalidDataException>(() => Build(config, checkpoint)).Message, StringComparison.Ordinal);
            config.Remove("mlp_bias");
            config["hidden_act"] = 3;
            Assert.Contains(
                "\"hidden_act\" is 3",
                Assert.Throws<InvalidDataException>(() => Build(config, checkpoint)).Message,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("timm_vit", "blocks.1.attn.q_norm.weight")]
    [InlineData("timm_vit", "fc_norm.weight")]
    [InlineData("swin", "embeddings.position_embeddings")]
    [InlineData("convnext", "encoder.stages.0.layers.0.layer_scale_parameter")]
    public void Learnt_numbers_of_another_size_are_not_passed_over(string name, string tensor)
    {
        var (config, checkpoint) = Read(name);
        using var more = new Checkpoint(
            checkpoint.Tensors.Where(t => t.Key != tensor).Append(new(tensor, Zeros(tensor, 5))).ToDictionary(), checkpoint);
        Assert.Contains(tensor, Assert.Throws<InvalidDataException>(() => Build(config, more)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("modernbert_rerank", "classifier_pooling", "max")]
    [InlineData("wav2vec2_base", "feat_extract_norm", "batch")]
    public void A_word_that_is_not_known_is_not_taken_for_the_default(string name, string field, string value)
    {
        var (config, checkpoint) = Read(name);
        using (checkpoint)
        {
            config[field] = value;
            Assert.Contains(field, Assert.Throws<InvalidDataException>(() => Build(config, checkpoint)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(768, 12)]
    [InlineData(1024, 16)]
    [InlineData(1280, 16)] // vit_h_14 and vit_huge_patch14_224: heads of 80
    public void Vision_transformers_have_as_many_heads_as_were_published(int width, int heads) =>
        Assert.Equal(heads, FusedVit.PublishedHeads(width));

    [Theory]
    [InlineData(true, 1280, 1e-5f)] // b0
    [InlineData(true, 1792, 1e-5f)] // b4
    [InlineData(true, 2048, 1e-3f)] // b5
    [InlineData(false, 1280, 1e-3f)] // v2_s
    public void EfficientNets_of_torchvision_add_to_variances_what_they_were_trained_with(bool weighsChannels, int last, float epsilon)
    {
        var tensors = new List<Tensor> { Zeros("features.1.0.block.0.0.weight", 4), Zeros("features.2.0.weight", last) };
        if (weighsChannels)
        {
            tensors.Add(Zeros("features.1.0.block.1.fc1.weight", 4));
        }

        using var checkpoint = new Checkpoint(tensors.ToDictionary(tensor => tensor.Name));
        Assert.Equal(epsilon, EfficientNet.TorchVisionEpsilon(new Weights(checkpoint)));
    }

    [Fact]
    public void The_oldest_files_of_clip_describe_their_towers_a_second_time_and_that_counts()
    {
        var (config, checkpoint) = Read("clip_new_eos");
        using (checkpoint)
        {
            config["text_config_dict"] = config["text_config"]!.DeepClone();
            config["text_config"]!["intermediate_size"] = 7;
            using var parsed = JsonDocument.Parse(config.ToJsonString());
            DualEncoderNetwork.BuildText(parsed.RootElement, new Checkpoint(checkpoint.Tensors), ["text_embeds"]).Dispose();
        }
    }

    private static (JsonObject Config, Checkpoint Checkpoint) Read(string name)
    {
        var folder = Assets.Require("golden/architectures/" + name);
        return (
            JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!.AsObject(), ModelFolder.Find(folder).OpenCheckpoint());
    }

    private static Checkpoint With(Checkpoint checkpoint, string tensor) =>
        new(checkpoint.Tensors.Append(new(tensor, Zeros(tensor, 4))).ToDictionary(), checkpoint);

    private static Tensor Zeros(string name, int count) => new(name, DType.F32, [count, 1, 1, 1], new byte[4 * count]);

    private static OnnxModel Build(JsonObject config, Checkpoint checkpoint)
    {
        using var parsed = JsonDocument.Parse(config.ToJsonString());
        var (root, family) = (parsed.RootElement, (string?)config["model_type"]);
        var tensors = new Checkpoint(checkpoint.Tensors);
        return TextNetwork.Knows(family)
            ? TextNetwork.Build(root, tensors, [tensors.Find("classifier.weight") is null ? "last_hidden_state" : "logits"])
            : SoundNetwork.Knows(family) ? SoundNetwork.Build(root, tensors, ["last_hidden_state"])
            : ConvolutionNetwork.Knows(root, tensors) ? ConvolutionNetwork.Build(root, tensors, ["avgpool"])
            : ImageNetwork.Build(root, tensors, ["last_hidden_state"]);
    }
}
