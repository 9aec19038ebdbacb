namespace Simile.Models;

/// <summary>Texts as token ids, one after the other in one array: text i is <c>ids[starts[i]..starts[i + 1]]</c>.</summary>
internal sealed class TokenizedTexts(int[] ids, int[] starts)
{
    public int Count => starts.Length - 1;

    public ReadOnlySpan<int> this[int text] => ids.AsSpan(starts[text]..starts[text + 1]);

    /// <summary>Some of the texts, each without the tokens that chance drops.</summary>
    /// <param name="texts">Which texts, in this order.</param>
    /// <param name="dropped">The chance of each token to be left out, from 0 up to 1.</param>
    /// <param name="random">Asked once for each token.</param>
    public TokenizedTexts Take(ReadOnlySpan<int> texts, float dropped, Random random)
    {
        var kept = new List<int>();
        var ends = new int[texts.Length + 1];
        for (var i = 0; i < texts.Length; i++)
        {
            foreach (var id in this[texts[i]])
            {
                if (random.NextSingle() >= dropped)
                {
                    kept.Add(id);
                }
            }

            ends[i + 1] = kept.Count;
        }

        return new TokenizedTexts([.. kept], ends);
    }
}
