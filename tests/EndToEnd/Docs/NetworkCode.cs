using Simile.Models;
using Simile.Testing;

namespace EndToEnd.Docs;

/// <summary>The C# code of docs/models/networks.md, compiled and run.</summary>
public class NetworkCode
{
    [Fact]
    public void A_score_for_a_pair()
    {
        var folder = Assets.Require("golden/architectures/ce_bert");

        using var reranker = CrossEncoder.Load(folder);                // bge-reranker-base, ms-marco-MiniLM-L6-v2, …
        float[] scores = reranker.Score("which bird cannot fly", ["Ostriches run.", "Owls hunt in the dark."]);

        Assert.Equal(2, scores.Length);
    }
}
