namespace Simile.Models;

/// <summary>How well cosines of word vectors agree with human similarity scores of word pairs.</summary>
/// <param name="Spearman">Rank correlation, ties with their mean rank, in [-1, 1]; NaN where fewer than two pairs are known.</param>
/// <param name="Pearson">Correlation of the numbers, in [-1, 1]; NaN where fewer than two pairs are known.</param>
/// <param name="Pairs">Pairs of which both words are known.</param>
/// <param name="LeftOut">Pairs with an unknown word: they are left out, not counted as 0.</param>
public sealed record WordPairEvaluation(double Spearman, double Pearson, int Pairs, int LeftOut);

/// <summary>Results of the analogies in one section.</summary>
/// <param name="Name">The name of the section in the file.</param>
/// <param name="Correct">Questions whose best answer is the fourth word.</param>
/// <param name="Asked">Questions whose four words are known.</param>
public sealed record AnalogySection(string Name, int Correct, int Asked);

/// <summary>Results of an analogy test.</summary>
/// <param name="Sections">In the order of the file.</param>
public sealed record AnalogyEvaluation(IReadOnlyList<AnalogySection> Sections)
{
    /// <summary>Number of questions with a correct answer.</summary>
    public int Correct => Sections.Sum(section => section.Correct);

    /// <summary>Number of questions whose four words are known.</summary>
    public int Asked => Sections.Sum(section => section.Asked);

    /// <summary>The share of correct answers in [0, 1]; NaN if no question was asked.</summary>
    public double Accuracy => Asked == 0 ? double.NaN : (double)Correct / Asked;
}
