namespace Simile.Models;

/// <summary>Texts as token ids, concatenated in one array: text i is <c>ids[starts[i]..starts[i + 1]]</c>.</summary>
internal sealed class TokenizedTexts(int[] ids, int[] starts)
{
    public int Count => starts.Length - 1;

    public ReadOnlySpan<int> this[int text] => ids.AsSpan(starts[text]..starts[text + 1]);

    /// <summary>A selection of the texts with random token dropout.</summary>
    /// <param name="texts">The texts to take, in this order.</param>
    /// <param name="dropped">The dropout probability, from 0 to below 1.</param>
    /// <param name="random">Called once per token.</param>
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
