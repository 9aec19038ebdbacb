using Simile.Documents;

namespace Simile.Passages;

/// <summary>Joins adjacent blocks to one.</summary>
internal static class BlockJoin
{
    /// <summary>Slices of the document become the slice from the first to the last. Others are joined with line breaks.</summary>
    public static Block Of(string document, List<Block> blocks)
    {
        if (blocks.Count == 1)
        {
            return blocks[0];
        }

        if (blocks.TrueForAll(block => block.Places is null))
        {
            return Block.Slice(blocks[0].Kind, document, blocks[0].Start, blocks[^1].End) with { Part = blocks[0].Part };
        }

        var text = new System.Text.StringBuilder();
        var places = new List<(int, int)>();
        foreach (var block in blocks)
        {
            if (text.Length > 0)
            {
                text.Append('\n');
                places.Add((block.Start, block.Start));
            }

            text.Append(block.Text);
            places.AddRange(block.Places ?? [.. Enumerable.Range(block.Start, block.Text.Length).Select(i => (i, i + 1))]);
        }

        return new Block(blocks[0].Kind, text.ToString().AsMemory(), blocks[0].Start, blocks[^1].End) { Places = [.. places] };
    }
}
