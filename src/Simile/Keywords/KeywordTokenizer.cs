namespace Simile.Keywords;

/// <summary>Cuts texts and queries into the terms of the keyword index.</summary>
/// <remarks>
/// <para>Words are folded (<see cref="KeywordFolding"/>) and lose their English endings (<see cref="EnglishStemmer"/>).</para>
/// <para>
/// <c>parseHttpHeader</c>, <c>parse_http_header</c> and <c>parse-http-header</c> give the same terms: their parts, and the whole without
/// separators. <c>C#</c> and <c>C++</c> are terms of their own.
/// </para>
/// <para>Chinese, Japanese, Korean, Thai and the like give pairs of neighboring characters, and characters that are often words.</para>
/// </remarks>
internal static class KeywordTokenizer
{
    /// <summary>The characters of terms other than letters, digits and marks.</summary>
    public const string Symbols = "#+";

    /// <summary>The terms of a text, in its order. The whole of an identifier follows its parts.</summary>
    public static List<Keyword> Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var run = new KeywordRun(text);
        for (var i = 0; i < text.Length;)
        {
            if (KeywordCharacters.At(text, i, out var units) is CharacterClass.Other or CharacterClass.Mark)
            {
                i += units;
            }
            else
            {
                i = run.Take(i);
            }
        }

        return run.Keywords;
    }

    /// <summary>The terms of a text with spaces between them: the form in which full-text indexes get it.</summary>
    public static string Join(string text)
    {
        var keywords = Tokenize(text);
        return string.Join(' ', keywords.Select(keyword => keyword.Term));
    }
}
