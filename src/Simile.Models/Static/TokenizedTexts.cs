namespace Simile.Models;

/// <summary>Texts as token ids, one after the other in one array: text i is <c>Ids[Starts[i]..Starts[i + 1]]</c>.</summary>
internal sealed class TokenizedTexts(int[] ids, int[] starts)
{
    public int Count => starts.Length - 1;

    public ReadOnlySpan<int> this[int text] => ids.AsSpan(starts[text]..starts[text + 1]);
}
