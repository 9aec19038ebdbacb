namespace Simile.Analysis;

/// <summary>Relevance judgments: a grade for each judged document of a query.</summary>
/// <remarks>Grades of 1 and more are relevant; a document without a grade is irrelevant.</remarks>
public sealed class Qrels
{
    private readonly Dictionary<string, Dictionary<string, int>> _grades = new(StringComparer.Ordinal);

    /// <summary>The queries with judged documents.</summary>
    public IReadOnlyCollection<string> Queries => _grades.Keys;

    /// <summary>Adds a judgment.</summary>
    /// <exception cref="ArgumentException">The document already has a grade for this query.</exception>
    public void Add(string query, string document, int grade)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(document);
        if (!_grades.TryGetValue(query, out var grades))
        {
            _grades.Add(query, grades = new(StringComparer.Ordinal));
        }

        if (!grades.TryAdd(document, grade))
        {
            throw new ArgumentException($"Document '{document}' is judged twice for query '{query}': leave one judgment.");
        }
    }

    /// <summary>The grades of the judged documents of a query; null if there are none.</summary>
    public IReadOnlyDictionary<string, int>? GradesOf(string query) => _grades.GetValueOrDefault(query);

    /// <summary>Reads lines <c>query 0 document grade</c> (TREC), or <c>query document grade</c> after a header (BEIR).</summary>
    /// <exception cref="InvalidDataException">A line has another form. The message names it.</exception>
    public static Qrels Read(string path)
    {
        var qrels = new Qrels();
        foreach (var line in TrecLine.ReadAll(path))
        {
            switch (line.Fields)
            {
                case [var query, _, var document, _]:
                    line.Do(() => qrels.Add(query, document, line.WholeNumber(3)));
                    break;
                case [_, _, var heading] when line.Number == 1 && !TrecLine.IsNumber(heading):
                    break;
                case [var query, var document, _]:
                    line.Do(() => qrels.Add(query, document, line.WholeNumber(2)));
                    break;
                default:
                    throw line.Bad("query 0 document grade");
            }
        }

        return qrels;
    }
}
