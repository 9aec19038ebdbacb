namespace Simile.Tokenizers;

public sealed partial class Tokenizer
{
    // The number of tokens of each text that the active truncation keeps. Null means no second text.
    private (int First, int Second) KeptTokens(int first, int? second, int addedTokens)
    {
        var total = first + (second ?? 0);
        if (Truncation is not { } truncation || truncation.MaxLength < addedTokens)
        {
            return (first, second ?? 0);
        }

        var room = truncation.MaxLength - addedTokens;
        if (total <= room)
        {
            return (first, second ?? 0);
        }

        return truncation.Strategy switch
        {
            _ when room == 0 => (0, 0),
            TruncationStrategy.LongestFirst when second is { } other => ShareRoom(first, other, room),
            TruncationStrategy.LongestFirst => (room, 0),
            TruncationStrategy.OnlyFirst => (CutOne(first, total - room), second ?? 0),
            _ when second is { } other => (first, CutOne(other, total - room)),
            _ =>
                throw new ArgumentException("Truncation of the second text only needs a second text: give a pair or use another strategy."),
        };
    }

    private static (int First, int Second) ShareRoom(int first, int second, int room)
    {
        var shorter = Math.Min(first, second);
        var longer = shorter > room ? shorter : Math.Max(shorter, room - shorter);
        if (shorter + longer > room)
        {
            shorter = room / 2;
            longer = shorter + (room % 2);
        }

        return first > second ? (longer, shorter) : (shorter, longer);
    }

    private static int CutOne(int count, int remove) => count > remove
        ? count - remove
        : throw new ArgumentException(
            "The text to truncate is too short to make both texts fit: use another truncation strategy or a larger length.");
}
