using System.Text.Json;
using System.Text.Json.Nodes;
using Simile.Testing;

namespace Simile.Models.Tests.Fuzz;

/// <summary>
/// Changes a JSON file by a seed: values of other kinds and sizes, entries gone, doubled or in each other's place; now and then its bytes.
/// </summary>
internal static class JsonMutation
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "1", "2", "3", "-1", "7", "64", "1000", "65536", "16777216", "16777217",
        "2147483647", "2147483648", "9223372036854775807", "1e300", "1e-300", "0.5", "-0.5", "\"\"", "\"x\"",
        "\"linear\"", "\"gelu_new\"", "\"../..\"", "\"a\\u0000b\"", "\"\\u001b[2J\\u202e\\u2028\"", "[]", "{}", "[[]]",
        "[1]", "[0, -1]", "[1, 2, 3]", "[\"x\"]", "{\"x\": 1}", "{\"rope_type\": \"yarn\", \"factor\": 2}",
        "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]",
    ];

    /// <summary>One to three changes.</summary>
    public static byte[] Of(byte[] whole, Random random)
    {
        if (random.Next(10) == 0)
        {
            return Mutation.Of(whole, whole, random);
        }

        var root = JsonNode.Parse(whole)!;
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            Change(root, random);
        }

        return JsonSerializer.SerializeToUtf8Bytes(root);
    }

    private static void Change(JsonNode root, Random random)
    {
        var places = Places(root).ToArray();
        if (places.Length == 0)
        {
            return;
        }

        var (parent, key) = places[random.Next(places.Length)];
        var (other, otherKey) = places[random.Next(places.Length)];
        switch (random.Next(6))
        {
            case 0:
                Remove(parent, key);
                break;
            case 1:
                Set(parent, key, Get(other, otherKey)?.DeepClone());
                break;
            case 2 when Get(parent, key) is JsonValue value && value.TryGetValue<int>(out var number):
                Set(parent, key, random.Next(4) switch { 0 => number + 1, 1 => number - 1, 2 => number * 2L, _ => number / 2 });
                break;
            case 3 when parent is JsonObject && random.Next(4) == 0:
                Set(parent, key + "\u001b", Get(parent, key)?.DeepClone());
                break;
            default:
                Set(parent, key, JsonNode.Parse(Values[random.Next(Values.Length)]));
                break;
        }
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode node)
    {
        IEnumerable<(object Key, JsonNode? Value)> entries = node switch
        {
            JsonObject items => items.Select(item => ((object)item.Key, item.Value)),
            JsonArray items => items.Select((item, i) => ((object)i, item)),
            _ => [],
        };
        foreach (var (key, value) in entries)
        {
            yield return (node, key);
            foreach (var inner in value is null ? [] : Places(value))
            {
                yield return inner;
            }
        }
    }

    private static JsonNode? Get(JsonNode parent, object key) => key is string name ? parent[name] : parent[(int)key];

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (key is string name)
        {
            parent[name] = value;
        }
        else
        {
            parent[(int)key] = value;
        }
    }

    private static void Remove(JsonNode parent, object key)
    {
        if (key is string name)
        {
            ((JsonObject)parent).Remove(name);
        }
        else
        {
            ((JsonArray)parent).RemoveAt((int)key);
        }
    }
}
