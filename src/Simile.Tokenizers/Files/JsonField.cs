using System.Globalization;
using System.Text.Json;

namespace Simile.Tokenizers.Files;

/// <summary>A value of a JSON file with its path, for error messages.</summary>
/// <param name="Value">The value.</param>
/// <param name="Base">The path of the field, or of the field that contains it.</param>
/// <param name="Index">
/// The index of the item within that field; -1 for none. Lists are long, so paths of items are formatted only for messages.
/// </param>
/// <param name="Inner">The index within that item; -1 for none.</param>
internal readonly record struct JsonField(JsonElement Value, string Base, int Index = -1, int Inner = -1)
{
    private const int MaxInsert = 256;

    /// <summary>The path of the value.</summary>
    public string Path => Index < 0 ? Base : Inner < 0 ? $"{Base}[{Index}]" : $"{Base}[{Index}][{Inner}]";

    /// <summary>Parses a file.</summary>
    /// <exception cref="InvalidDataException">The file is not JSON.</exception>
    public static JsonField Read(string path)
    {
        ReadOnlySpan<byte> json = File.ReadAllBytes(path);
        return Parse(json.StartsWith("\uFEFF"u8) ? json[3..] : json, path);
    }

    /// <summary>Parses JSON in memory; <paramref name="path"/> is its name in messages.</summary>
    /// <exception cref="InvalidDataException">The text is not JSON.</exception>
    public static JsonField Parse(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            return new JsonField(JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = 64 }), path);
        }
        catch (JsonException e)
        {
            // The parser's message may repeat the rest of the file.
            throw new InvalidDataException(
                $"{path} is not JSON: line {e.LineNumber + 1} cannot be read from its byte {e.BytePositionInLine + 1} on.");
        }
    }

    /// <summary>Whether the value exists and is not null.</summary>
    public bool IsPresent => Value.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A member. If it is missing, the result is not present.</summary>
    public JsonField this[string name]
    {
        get
        {
            if (IsPresent && Value.ValueKind != JsonValueKind.Object)
            {
                throw Wrong("an object");
            }

            return new JsonField(IsPresent && Value.TryGetProperty(name, out var value) ? value : default, $"{Path}: {name}");
        }
    }

    /// <summary>The items of a list.</summary>
    public IEnumerable<JsonField> Items()
    {
        if (Value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong("a list");
        }

        var (i, path) = (0, Inner < 0 ? Base : Path);
        foreach (var item in Value.EnumerateArray())
        {
            yield return Index < 0 || Inner >= 0 ? new JsonField(item, path, i++) : new JsonField(item, path, Index, i++);
        }
    }

    /// <summary>The members of an object.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Members()
    {
        if (Value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("an object");
        }

        foreach (var member in Value.EnumerateObject())
        {
            yield return (Name(member), member.Value);
        }
    }

    /// <summary>A string.</summary>
    public string Text()
    {
        try
        {
            return Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Wrong("a string");
        }
        catch (InvalidOperationException)
        {
            throw Wrong("a string of whole characters");
        }
    }

    /// <summary>A string, or a default if it is missing.</summary>
    public string Text(string missing) => IsPresent ? Text() : missing;

    /// <summary>
    /// A string that is inserted repeatedly into texts. Its length is bounded, so that a file cannot request much memory.
    /// </summary>
    public string Insert(string missing = "")
    {
        var text = Text(missing);
        return text.Length <= MaxInsert ? text : throw Wrong($"a string of at most {MaxInsert} characters");
    }

    /// <summary>A boolean, or a default if it is missing.</summary>
    public bool Flag(bool missing) => !IsPresent
        ? missing
        : Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Wrong("true or false");

    /// <summary>An integer of at least 0.</summary>
    public int Number() => TryNumber(Value, out var number) ? number : throw WrongNumber();

    /// <summary>An integer of at least 0. False if the value is none.</summary>
    public static bool TryNumber(JsonElement value, out int number)
    {
        number = -1;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number) && number >= 0;
    }

    /// <summary>The exception of <see cref="Number()"/>.</summary>
    public InvalidDataException WrongNumber() => Wrong("a whole number from 0 to 2147483647");

    /// <summary>An integer, or a default if it is missing.</summary>
    public int Number(int missing) => IsPresent ? Number() : missing;

    /// <summary>A finite number.</summary>
    public double Fraction() => Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out var number) && double.IsFinite(number)
        ? number
        : throw Wrong("a finite number");

    /// <summary>An exception that says what the value must be.</summary>
    public InvalidDataException Wrong(string expected) => new($"{Clean(Path)} must be {expected}.");

    /// <summary>An exception for a component that is not supported.</summary>
    public NotSupportedException NotBuilt(string kind, string name) => new($"{Clean(Path)}: the {kind} {Shown(name)} is not supported.");

    /// <summary>
    /// Makes text of a file safe for a message: shortened, without line breaks, control characters and invisible characters.
    /// </summary>
    public static string Shown(string text)
    {
        const int Most = 60;
        var cut = text.Length <= Most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[Most - 1]) ? Most - 1 : Most), "…");
        return Clean(cut);
    }

    /// <summary>Removes line breaks, control characters and invisible characters.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(IsUnseen))
        {
            return text;
        }

        return string.Create(text.Length, text, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = IsUnseen(text[i]) ? '\uFFFD' : text[i];
            }
        });
    }

    private static bool IsUnseen(char c) =>
        char.GetUnicodeCategory(c)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw Wrong("an object whose names are whole characters");
        }
    }
}
