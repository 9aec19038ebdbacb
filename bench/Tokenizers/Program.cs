using System.Diagnostics;
using System.Security.Cryptography;
using Simile.Tokenizers;
using Tokenizers;

// MB/s of tokenization on one thread, and its ratio to SHA-256 over the same bytes in the same run.
//   dotnet run -c Release --project bench/Tokenizers -- ASSETS REPOSITORY [NAME]
//   dotnet run -c Release --project bench/Tokenizers -- ASSETS REPOSITORY --write FOLDER    (the texts, for peers.mjs and peers.py)
// ASSETS holds models/ and data/; REPOSITORY is the root of this repository, whose code is one of the texts; NAME picks tokenizers.
if (args is [var assets, var repository, "--write", var folder])
{
    foreach (var (name, texts) in ((string, string[])[])[("English", TextSets.English(assets)), ("Chinese", TextSets.Chinese(assets)), (
        "code", TextSets.Code(repository))])
    {
        File.WriteAllText(Path.Combine(folder, name + ".json"), System.Text.Json.JsonSerializer.Serialize(texts));
    }

    return 0;
}

if (args is not ([_, _] or [_, _, _]))
{
    Console.Error.WriteLine("Usage: Tokenizers ASSETS REPOSITORY [NAME | --write FOLDER]");
    return 2;
}

var models = Path.Combine(args[0], "models");
var gpt2 = Path.Combine(models, "tokenizers/gpt2_encoder.json");

// The peer's ratio is that of the fastest call in golden/tokenizers/PEERS.md, on English.
(string Name, string? Peer, Func<Tokenizer> Load)[] tokenizers =
[
    ("BERT uncased", "tokenizers .0018", () => Tokenizer.Load(Path.Combine(models, "all-MiniLM-L6-v2"))),
    ("GPT-2", "tokenizers .0024", () => Tokenizer.LoadBpe(gpt2, Path.Combine(models, "tokenizers/gpt2_vocab.bpe"))),
    ("RoBERTa's GPT-2", null, () => Tokenizer.LoadBpe(gpt2, Path.Combine(models, "tokenizers/gpt2_vocab.bpe"), Pipelines.Roberta)),
    ("CLIP", "tokenizers .0013", () => Tokenizer.Load(Path.Combine(args[0], "golden/tokenizers/clip/tokenizer.json"))),
    ("cl100k_base", "tiktoken .0105", () => Tokenizer.Load(Path.Combine(models, "tokenizers/cl100k_base.tiktoken"))),
    ("o200k_base", "tiktoken .0152", () => Tokenizer.Load(Path.Combine(models, "tokenizers/o200k_base.tiktoken"))),
    ("Llama 2, SentencePiece", "sentencepiece .0028", () => Tokenizer.Load(Path.Combine(models, "tokenizers/llama2_tokenizer.model"))),
    ("Llama 2, tokenizer.json", "tokenizers .0026",
        () => Tokenizer.Load(Path.Combine(args[0], "golden/tokenizers/llama2-fast-legacy/tokenizer.json"))),
    ("Sentence encoder, Unigram", null, () => Tokenizer.Load(Path.Combine(models, "use-multilingual-v3/sentencepiece.model"))),
];

Console.WriteLine(
    "One thread, one document a call, EncodeIds into a list; one pass to warm up, then the median of five. MB = 10^6 bytes of UTF-8.");
Report("English", TextSets.English(args[0]));
Report("Chinese", TextSets.Chinese(args[0]));
Report("code", TextSets.Code(args[1]));
return 0;

void Report(string name, string[] texts)
{
    var bytes = texts.Select(System.Text.Encoding.UTF8.GetBytes).ToArray();
    var size = bytes.Sum(text => (long)text.Length);
    Console.WriteLine(
        $"\n| {name}: {texts.Length:N0} documents, {size:N0} bytes | MB/s | sha256 MB/s | ratio | peer's ratio | tokens |\n"
        + "|---|---|---|---|---|---|");
    foreach (var (tokenizerName, peer, load) in tokenizers.Where(
        t => args.Length < 3 || t.Name.Contains(args[2], StringComparison.OrdinalIgnoreCase)))
    {
        var tokenizer = TryLoad(load);
        if (tokenizer is not null)
        {
            var hash = Rate(size, () => Hash(bytes));
            var ids = new List<int>(1 << 22);
            var rate = Rate(size, () => Encode(tokenizer, texts, ids));
            hash = (hash + Rate(size, () => Hash(bytes))) / 2;
            Console.WriteLine(
                $"| {tokenizerName} | {rate:F1} | {hash:F0} | {rate / hash:F4} | {(name == "English" ? peer : null)} | {ids.Count:N0} |");
        }
    }
}

static Tokenizer? TryLoad(Func<Tokenizer> load)
{
    try
    {
        return load();
    }
    catch (Exception e) when (e is NotSupportedException or IOException)
    {
        Console.Error.WriteLine(e.Message);
        return null;
    }
}

static void Hash(byte[][] texts)
{
    Span<byte> hash = stackalloc byte[32];
    using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach (var text in texts)
    {
        sha.AppendData(text);
    }

    sha.GetHashAndReset(hash);
}

static void Encode(Tokenizer tokenizer, string[] texts, List<int> ids)
{
    ids.Clear();
    foreach (var text in texts)
    {
        tokenizer.EncodeIds(text, ids);
    }
}

static double Rate(long bytes, Action pass)
{
    pass();
    var rates = new List<double>();
    for (var i = 0; i < 5; i++)
    {
        var clock = Stopwatch.StartNew();
        pass();
        rates.Add(bytes / clock.Elapsed.TotalSeconds / 1e6);
    }

    rates.Sort();
    return rates[2];
}
