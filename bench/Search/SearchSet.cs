namespace Simile.Bench.Search;

/// <summary>Files, queries and which files answer them.</summary>
/// <param name="Name">The name of the set.</param>
/// <param name="Files">Texts by file name.</param>
/// <param name="Queries">The queries.</param>
internal sealed record SearchSet(string Name, IReadOnlyDictionary<string, string> Files, IReadOnlyList<JudgedQuery> Queries);

/// <summary>A query and the grades of the files that answer it.</summary>
internal sealed record JudgedQuery(string Text, IReadOnlyDictionary<string, int> Grades);
