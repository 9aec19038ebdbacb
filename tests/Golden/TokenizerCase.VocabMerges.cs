using System.Text.Json;
using Simile.Tokenizers;

namespace Golden;

internal static partial class TokenizerCase
{
    private static Tokenizer LoadVocabularyAndMerges(string folder, JsonElement @case)
    {
        var sources = Sources(folder, @case);
        return Tokenizer.LoadBpe(sources[0], sources[1], @case.GetProperty("pipeline").GetRawText());
    }

    private static string[] Sources(string folder, JsonElement @case)
    {
        var source = @case.GetProperty("source");
        string[] names = source.ValueKind == JsonValueKind.Array
            ? [.. source.EnumerateArray().Select(name => name.GetString()!)]
            : [source.GetString()!];
        return [.. names.Select(name => Path.GetFullPath(Path.Combine(folder, name)))];
    }
}
