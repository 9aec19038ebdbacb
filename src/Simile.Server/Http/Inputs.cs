using Simile.Server.Models;
using Simile.Tokenizers;

namespace Simile.Server.Http;

/// <summary>Checks the inputs of requests and makes texts of them.</summary>
internal static class Inputs
{
    /// <summary>The texts of a request. Token ids are decoded with the model's tokenizer, as text-embeddings-inference does.</summary>
    /// <exception cref="RequestFailure">There is no input, or there are too many, or an id is unknown.</exception>
    public static string[] Texts(TextList list, Tokenizer? tokenizer, SimileServerOptions options, string field)
    {
        RequireCount(list.Items.Count, options, field);
        return [.. list.Items.Select(item => item.Text ?? Decode(item.Ids!, tokenizer, field))];
    }

    /// <summary>Refuses no inputs and too many.</summary>
    public static void RequireCount(int count, SimileServerOptions options, string field)
    {
        if (count == 0)
        {
            throw new RequestFailure(FailureKind.Empty, $"`{field}` cannot be empty") { Param = field };
        }

        if (count > options.MaxInputs)
        {
            throw new RequestFailure(FailureKind.Validation, $"batch size {count} > maximum allowed batch size {options.MaxInputs}")
            {
                Param = field,
            };
        }
    }

    /// <summary>The texts of a field. Refuses none, too many, and nulls.</summary>
    public static string[] RequireTexts(string?[]? texts, SimileServerOptions options, string field)
    {
        RequireCount(JsonBody.Require(texts, field).Length, options, field);
        return Array.ConvertAll(
            texts!,
            text => text ?? throw new RequestFailure(FailureKind.Malformed, $"`{field}` has a null among its texts.") { Param = field });
    }

    /// <summary>Refuses texts that are longer than the model's maximum, if they must not be truncated.</summary>
    public static void RequireLength(IEnumerable<string> texts, LoadedModel model, string field)
    {
        if (model is not { MaxTokens: { } most, Tokenizer: { } tokenizer })
        {
            return;
        }

        foreach (var text in texts)
        {
            var tokens = tokenizer.CountTokens(text);
            if (tokens > most)
            {
                throw new RequestFailure(FailureKind.Validation, $"`{field}` must have at most {most} tokens. Given: {tokens}")
                {
                    Param = field,
                    Code = "context_length_exceeded",
                };
            }
        }
    }

    /// <summary>The text of token ids.</summary>
    /// <exception cref="RequestFailure">An id is unknown, or the model has no tokenizer.</exception>
    public static string Decode(int[] ids, Tokenizer? tokenizer, string field, bool skipSpecialTokens = true)
    {
        if (tokenizer is null)
        {
            throw new RequestFailure(FailureKind.Backend, "The model has no tokenizer for token ids: send texts.") { Param = field };
        }

        if (ids.FirstOrDefault(id => id >= tokenizer.VocabularySize, -1) is >= 0 and var unknown)
        {
            throw new RequestFailure(
                FailureKind.Tokenizer,
                $"The token id {unknown} is not in the vocabulary of {tokenizer.VocabularySize} tokens of the model.")
            {
                Param = field,
            };
        }

        return tokenizer.Decode(ids, skipSpecialTokens);
    }
}
