using System.Text.Json;
using Simile.Server.Http;
using Simile.Server.Models;
using Simile.Tokenizers;

namespace Simile.Server.Tei;

/// <summary>POST /tokenize and /decode, with the tokenizer of the first model that has one.</summary>
internal static class TokenizeResource
{
    public static async Task PostAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ServerJson.Default.TokenizeRequest).ConfigureAwait(false);
        var options = context.RequestServices.GetRequiredService<SimileServerOptions>();
        using var lease = await EmbedResource.AcquireAsync<LoadedModel>(context, "a model").ConfigureAwait(false);
        var tokenizer = TokenizerOf(lease.Model);
        var inputs = JsonBody.Require(request.Inputs, "inputs");
        Inputs.RequireCount(inputs.Items.Count, options, "inputs");
        var prompt = Prompt(lease.Model, request.PromptName);
        var texts = inputs.Items.Select(item =>
            prompt + (item.Text ?? throw new RequestFailure(FailureKind.Malformed, "`inputs` must be a string or an array of strings.")))
            .ToArray();
        var encodings = await Task.Run(
            () => Array.ConvertAll(texts, text => tokenizer.Encode(text, addSpecialTokens: request.AddSpecialTokens ?? true)),
            context.RequestAborted).ConfigureAwait(false);
        await JsonAnswer.WriteAsync(context, json =>
        {
            json.WriteStartArray();
            for (var i = 0; i < texts.Length; i++)
            {
                Write(json, encodings[i], texts[i]);
            }

            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    public static async Task DecodeAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ServerJson.Default.DecodeRequest).ConfigureAwait(false);
        var options = context.RequestServices.GetRequiredService<SimileServerOptions>();
        using var lease = await EmbedResource.AcquireAsync<LoadedModel>(context, "a model").ConfigureAwait(false);
        var tokenizer = TokenizerOf(lease.Model);
        var lists = JsonBody.Require(request.Ids, "ids");
        Inputs.RequireCount(lists.Items.Count, options, "ids");
        var texts = lists.Items.Select(item => Inputs.Decode(
            item.Ids ?? throw new RequestFailure(FailureKind.Malformed, "`ids` must be an array of token ids, or an array of such arrays."),
            tokenizer,
            "ids",
            request.SkipSpecialTokens ?? true)).ToArray();
        await JsonAnswer.WriteAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }).ConfigureAwait(false);
    }

    private static Tokenizer TokenizerOf(LoadedModel model) =>
        model.Tokenizer ?? throw new RequestFailure(FailureKind.Backend, "The model has no tokenizer.");

    private static string Prompt(LoadedModel model, string? name)
    {
        if (name is null)
        {
            return string.Empty;
        }

        return model is EmbeddingModel { Model: var embedder } && embedder.Knows(MediaKind.Text)
            && embedder.Texts.Prompts.TryGetValue(name, out var prompt)
            ? prompt
            : throw new RequestFailure(FailureKind.Validation, "The model has no prompt of the name in `prompt_name`.");
    }

    // Offsets count Unicode scalar values, as in text-embeddings-inference.
    private static void Write(Utf8JsonWriter json, Encoding encoding, string text)
    {
        var scalars = ScalarOffsets(text);
        json.WriteStartArray();
        for (var i = 0; i < encoding.Ids.Length; i++)
        {
            var (start, end) = encoding.Offsets[i];
            var isSpecial = encoding.SpecialTokensMask[i] == 1;
            json.WriteStartObject();
            json.WriteNumber("id", encoding.Ids[i]);
            json.WriteString("text", isSpecial ? encoding.Tokens[i] : text.AsSpan(start, end - start));
            json.WriteBoolean("special", isSpecial);
            WriteOffset(json, "start", isSpecial ? null : scalars[start]);
            WriteOffset(json, "stop", isSpecial ? null : scalars[end]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOffset(Utf8JsonWriter json, string name, int? offset)
    {
        if (offset is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static int[] ScalarOffsets(string text)
    {
        var offsets = new int[text.Length + 1];
        for (var i = 0; i < text.Length; i++)
        {
            offsets[i + 1] = offsets[i] + (char.IsLowSurrogate(text[i]) && i > 0 && char.IsHighSurrogate(text[i - 1]) ? 0 : 1);
        }

        return offsets;
    }
}
