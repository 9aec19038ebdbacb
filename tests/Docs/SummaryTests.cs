using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Simile.Testing;

namespace Docs;

/// <summary>The documentation of a public member says what its name does not.</summary>
public sealed partial class SummaryTests
{
    // Words that say nothing by themselves.
    private static readonly HashSet<string> Empty =
    [
        .. """
        a all an and as at be been by can each for from get gets has have if in instance is it its new no not object of on one only or per
        return returns set sets that the this to value values was what when which whether with create creates initialize initializes
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    public static IEnumerable<TheoryDataRow<string>> Libraries() =>
        Directory.EnumerateFiles(Path.Combine(Assets.Repository, "tests", "PublicApi", "approved"), "*.txt")
            .Select(path => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(path)));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void No_summary_repeats_the_name_of_its_member(string library)
    {
        var names = PublicNames(Assembly.Load(library));
        var members = XDocument.Load(Path.Combine(AppContext.BaseDirectory, library + ".xml")).Descendants("member")
            .Select(member => (Name: NameOf(member), Summary: member.Element("summary")))
            .Where(member => member.Summary is not null && names.Contains(member.Name))
            .ToArray();
        Assert.NotEmpty(members);
        var repeating = members.Where(member => SaysNothing(member.Name, Text(member.Summary!))).Select(member => member.Name).ToArray();
        Assert.True(repeating.Length == 0, $"These summaries only repeat the name: {string.Join(", ", repeating)}.");
    }

    [Theory]
    [InlineData("Store.Documents", "The documents.", true)]
    [InlineData("Store.DocumentCount", "Number of documents in the store.", true)]
    [InlineData("StoreOptions", "Options of a store.", true)]
    [InlineData("Store.Documents", "The documents, newest first.", false)]
    public void A_summary_repeats_a_name_if_it_has_no_other_word(string name, string summary, bool repeats) =>
        Assert.Equal(repeats, SaysNothing(name, summary));

    private static bool SaysNothing(string name, string summary)
    {
        var known = name.Split('.')[^Math.Min(2, name.Split('.').Length)..].SelectMany(Words).Select(Stem).ToHashSet();
        if (known.Contains(Stem("Count")))
        {
            known.Add(Stem("number"));
        }

        return Words(summary).Where(word => !Empty.Contains(word.ToLowerInvariant())).All(word => known.Contains(Stem(word)));
    }

    private static HashSet<string> PublicNames(Assembly assembly)
    {
        const BindingFlags Declared =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return [.. assembly.GetExportedTypes().SelectMany(type => type.GetMembers(Declared).Where(IsVisible)
            .Select(member => $"{Plain(type)}.{(member is ConstructorInfo ? type.Name : member.Name)}")
            .Append(Plain(type)))];
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        _ => false,
    };

    private static string Plain(Type type) => Arity().Replace(type.FullName!.Replace('+', '.'), string.Empty);

    // "M:Simile.Store.#ctor(System.String)" is Simile.Store.Store.
    private static string NameOf(XElement member)
    {
        var name = Arity().Replace(member.Attribute("name")!.Value[2..].Split('(')[0], string.Empty);
        return name.EndsWith(".#ctor", StringComparison.Ordinal) ? $"{name[..^6]}.{name[..^6].Split('.')[^1]}" : name;
    }

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { HasElements: false, IsEmpty: true } link =>
            $" {link.Attributes().FirstOrDefault()?.Value.Split('(')[0].Split('.')[^1]} ",
        XElement inner => Text(inner),
        _ => string.Empty,
    }));

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value);

    private static string Stem(string word)
    {
        word = word.ToLowerInvariant();
        string[] endings = ["ies", "es", "s", "ing", "ed", "ation", "e"];
        foreach (var ending in endings)
        {
            if (word.Length >= ending.Length + 3 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return ending == "ies" ? word[..^3] + "y" : Stem(word[..^ending.Length]);
            }
        }

        return word;
    }

    [GeneratedRegex(@"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")]
    private static partial Regex Word();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
