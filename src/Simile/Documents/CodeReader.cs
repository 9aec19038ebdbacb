namespace Simile.Documents;

/// <summary>Source code: blocks are separated by empty lines and keep their indentation.</summary>
internal static class CodeReader
{
    public static List<Block> Read(string text)
    {
        var blocks = new List<Block>();
        var (start, end) = (-1, -1);
        foreach (var line in Lines.Of(text))
        {
            var trimmed = Lines.Trim(text, line);
            if (trimmed.Length == 0)
            {
                End();
            }
            else
            {
                start = start < 0 ? trimmed.Start : start;
                end = trimmed.End;
            }
        }

        End();
        return blocks;

        void End()
        {
            if (start >= 0)
            {
                blocks.Add(Block.Slice(BlockKind.Code, text, start, end));
            }

            start = -1;
        }
    }
}
