using System.Text.Json.Nodes;
using Simile.Testing;
using Simile.Tokenizers.Training;

namespace Simile.Tokenizers.Tests.Fuzz;

public class FileFuzzTests
{
    // Generous: the files are of at most some hundred kilobytes.
    private const long MostMemory = 512 << 20;
    private const int LargestSeed = 100_000;
    private static readonly string[] Texts =
    [
        "", "The cat [MASK] sat, abcde é \ud83d\ude00 zzz 123", "\ud800 \u0301\u0301 ▁<s></s> 日本語\n\n  x", new string('a', 200),
    ];

    public static TheoryData<string> Files
    {
        get
        {
            var files =
                new TheoryData<string>([.. Enum.GetNames<TokenizerKind>(), "small BERT", "small model", "tiktoken", "vocab.txt", "merges"]);
            if (Assets.Root is not null)
            {
                files.AddRange(FuzzTokenizers.Golden().Where(file => new FileInfo(file).Length <= LargestSeed)
                    .Select(file => Path.GetRelativePath(Assets.Root, file))
                    .ToArray());
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_mutated_file_is_loaded_or_refused_in_a_sentence(string name)
    {
        var (file, content) = Seed(name);
        foreach (var seed in Effort.Rounds(120))
        {
            var random = new Random(seed);
            var mutated = file.EndsWith(".json", StringComparison.Ordinal) && random.Next(3) > 0
                ? MutateJson(content, random)
                : MutateBytes(content, random);
            try
            {
                TryAll(file, mutated);
            }
            catch (Exception e)
            {
                var kept = Path.Combine(
                    Path.GetTempPath(),
                    $"simile-fuzz-{Path.GetFileNameWithoutExtension(name.Replace('/', '-'))}-{seed}{Path.GetExtension(file)}");
                File.WriteAllBytes(kept, mutated);
                throw new InvalidOperationException($"{name}, seed {seed} (kept as {kept}): {e}", e);
            }
        }
    }

    private static (string File, byte[] Content) Seed(string name) => name switch
    {
        _ when Enum.TryParse<TokenizerKind>(name, out var kind) => ("tokenizer.json", FuzzTokenizers.Trained(kind)),
        "small BERT" =>
            ("tokenizer.json", System.Text.Encoding.UTF8.GetBytes(Small.BertJson(
                """{"truncation":{"direction":"Right","max_length":4,"strategy":"LongestFirst","stride":1}"""
                + ""","padding":{"strategy":{"Fixed":6}}}"""))),
        "small model" => ("tokenizer.model", Small.UnigramModel(("▁a", -1f, 1), ("b", -2f, 1), ("cd", 0f, 4), ("e", 0f, 5))),
        "tiktoken" => ("cl100k_base.tiktoken", System.Text.Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(0, 256).Select(b => $"{Convert.ToBase64String([(byte)b])} {b}\n")) + "YWI= 256\nYWJj 257\n")),
        "vocab.txt" => ("vocab.txt", System.Text.Encoding.UTF8.GetBytes("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\ncat\n##s\né\n")),
        "merges" => ("merges.txt", System.Text.Encoding.UTF8.GetBytes("#version: 0.2\na b\nab c\nc d\n")),
        _ => (Path.GetFileName(name), File.ReadAllBytes(Assets.Require(name))),
    };

    private static void TryAll(string file, byte[] content)
    {
        var folder = Directory.CreateTempSubdirectory("simile-fuzz-");
        var isLoaded = false;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var tokenizer = Load(Path.Combine(folder.FullName, file), content);
            isLoaded = true;
            Use(tokenizer);
            Use(tokenizer.With(tokenizer.EmbeddedTruncation, tokenizer.EmbeddedPadding));
        }
        catch (Exception e) when (e is InvalidDataException
            || (isLoaded ? e is ArgumentException : e is NotSupportedException or FileNotFoundException))
        {
            Effort.AssertIsSentence(e.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
    }

    private static Tokenizer Load(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        if (!path.EndsWith("merges.txt", StringComparison.Ordinal))
        {
            return Tokenizer.Load(path);
        }

        var vocabulary = Path.Combine(Path.GetDirectoryName(path)!, "vocab.json");
        File.WriteAllText(vocabulary, """{"a":0,"b":1,"c":2,"d":3,"ab":4,"abc":5,"cd":6}""");
        return Tokenizer.LoadBpe(vocabulary, path);
    }

    // Loading must not throw anything else; of encoding only what its documentation names.
    private static void Use(Tokenizer tokenizer)
    {
        foreach (var text in Texts)
        {
            var ids = tokenizer.Encode(text, "b").Ids;
            tokenizer.Decode(ids);
            tokenizer.CountTokens(text, addSpecialTokens: true);
        }
    }

    private static byte[] MutateBytes(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        for (var n = random.Next(4); n >= 0; n--)
        {
            bytes[random.Next(bytes.Length)] =
                random.Next(3) switch { 0 => (byte)random.Next(256), 1 => bytes[random.Next(bytes.Length)], _ => 0xFF };
        }

        return random.Next(5) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static byte[] MutateJson(byte[] whole, Random random)
    {
        var root = JsonNode.Parse(whole)!;
        for (var n = random.Next(3); n >= 0; n--)
        {
            Mutate(root, random);
        }

        return System.Text.Encoding.UTF8.GetBytes(root.ToJsonString(new System.Text.Json.JsonSerializerOptions { MaxDepth = 2000 }));
    }

    // Large lists are mostly vocabulary: the way down stops at each step now and then, so that the small parts have their turn.
    private static void Mutate(JsonNode root, Random random)
    {
        var node = root;
        while (true)
        {
            if (node is JsonObject { Count: > 0 } members)
            {
                var name = members.ElementAt(random.Next(members.Count)).Key;
                if (members[name] is JsonObject { Count: > 0 } or JsonArray { Count: > 0 } && random.Next(4) > 0)
                {
                    node = members[name]!;
                    continue;
                }

                if (random.Next(4) == 0)
                {
                    members.Remove(name);
                }
                else
                {
                    members[name] = Other(members[name], random);
                }
            }
            else if (node is JsonArray { Count: > 0 } items)
            {
                var i = random.Next(items.Count);
                if (items[i] is JsonObject { Count: > 0 } or JsonArray { Count: > 0 } && random.Next(4) > 0)
                {
                    node = items[i]!;
                    continue;
                }

                if (random.Next(4) == 0)
                {
                    items.RemoveAt(i);
                }
                else
                {
                    items[i] = Other(items[i], random);
                }
            }

            return;
        }
    }

    private static JsonNode? Other(JsonNode? old, Random random)
    {
        switch (random.Next(14))
        {
            case 0: return null;
            case 1: return JsonValue.Create(random.Next(2) == 0);
            case 2: return JsonValue.Create(-1);
            case 3: return JsonValue.Create(int.MaxValue);
            case 4: return JsonValue.Create(1e300);
            case 5: return JsonValue.Create((long)uint.MaxValue + random.Next());
            case 6: return JsonValue.Create(random.Next(70));
            case 7: return JsonValue.Create(string.Empty);
            case 8: return JsonValue.Create(FuzzText.Next(random, 12));
            case 9: return JsonValue.Create(new string('x', 5000));
            case 10: return new JsonArray();
            case 11: return new JsonObject();
            case 12: return new JsonArray(old?.DeepClone(), old?.DeepClone());
            default:
                JsonNode nested = new JsonArray();
                for (var depth = random.Next(100); depth > 0; depth--)
                {
                    nested = new JsonArray(nested);
                }

                return nested;
        }
    }
}
