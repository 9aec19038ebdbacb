using Simile.Documents;

namespace Simile.Passages;

/// <summary>Makes one block of neighbours.</summary>
internal static class BlockJoin
{
    /// <summary>Blocks that are slices of the document give the slice from the first to the last; others are put under each other.</summary>
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
