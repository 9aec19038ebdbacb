using Simile.Tokenizers.Normalizers;
using Simile.Tokenizers.Scanners;
using Simile.Tokenizers.Text;

namespace Simile.Tokenizers.PreTokenizers;

/// <summary>GPT-2's split into words with their leading space, with every byte written as its letter.</summary>
/// <param name="addPrefixSpace">Whether a space is added before every piece.</param>
/// <param name="useRegex">Whether pieces are split, or only written as letters.</param>
internal sealed class ByteLevel(bool addPrefixSpace, bool useRegex) : PreTokenizer
{
    /// <summary>Whether a space is added before every piece.</summary>
    public bool AddsPrefixSpace => addPrefixSpace;

    /// <summary>Whether pieces are split.</summary>
    public bool Cuts => useRegex;

    public override void Split(AlignedText text, Workspace work)
    {
        if (addPrefixSpace)
        {
            AddPrefixSpaces(text, work);
        }

        base.Split(text, work);
        WriteLetters(text, work);
    }

    protected override void Split(AlignedText text, int start, int end, List<(int Start, int End)> pieces)
    {
        for (int from = start, to; from < end; from = to)
        {
            to = useRegex ? Gpt2Cutter.Next(text.Chars[..end], from) : end;
            pieces.Add((from, to));
        }
    }

    // The space shares the position of the first character, as a prepended string does.
    private static void AddPrefixSpaces(AlignedText text, Workspace work)
    {
        text.Rewrite();
        foreach (var (start, end) in work.Pieces)
        {
            var from = text.NewLength;
            if (start < end && text.Chars[start] != ' ')
            {
                text.Put(' ', start);
            }

            for (var i = start; i < end; i++)
            {
                text.Put(text.Chars[i], i);
            }

            work.NewPieces.Add((from, text.NewLength));
        }

        text.Commit();
        work.SwapPieces();
    }

    private static void WriteLetters(AlignedText text, Workspace work)
    {
        text.Rewrite();
        foreach (var (start, end) in work.Pieces)
        {
            var from = text.NewLength;
            for (var i = start; i < end;)
            {
                i += ByteLevelNormalizer.PutLetters(text, i);
            }

            work.NewPieces.Add((from, text.NewLength));
        }

        text.Commit();
        work.SwapPieces();
    }
}
