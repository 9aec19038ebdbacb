namespace Simile.Models.Architectures;

/// <summary>The head after the layers of a <see cref="FusedVit"/>: pooling by timm's names, a norm, the classifier.</summary>
internal sealed class FusedVitHead(PictureGraph picture, FusedVitShape shape, int hidden)
{
    /// <summary>Offers the pooled vector and the logits.</summary>
    /// <param name="x">The vectors of all tokens, after the last norm.</param>
    /// <param name="classifier">The name of the classifier.</param>
    public void Write(string x, string classifier)
    {
        var isDistilled = picture.Weights.Has("dist_token");
        var vector = isDistilled ? Mean(First(x, 2)) : Pool(x);
        if (picture.Weights.Has("fc_norm.weight"))
        {
            vector = picture.LayerNorm(vector, "fc_norm", hidden, shape.Epsilon);
        }

        foreach (var name in (string[])["pooler_output", "pre_logits", "features"])
        {
            picture.OfferVector(name, vector, hidden);
        }

        if (isDistilled)
        {
            ClassifyTwice(x, classifier);
        }
        else
        {
            ImageHeads.Classify(picture, vector, classifier, hidden);
        }
    }

    private string Pool(string x)
    {
        var graph = picture.Graph;
        var pooled = shape.PoolsFirst ? x : Patches(x);
        return shape.Pool switch
        {
            "token" => picture.ClassToken(x),
            "avg" => Mean(pooled),
            "max" => Greatest(pooled),
            "avgmax" => graph.Add("Mul", [graph.Add("Add", [Greatest(pooled), Mean(pooled)]), graph.Scalar(0.5f)]),
            "map" => Attentive(pooled),
            "prr" => Refined(x),
            var other =>
                throw new NotSupportedException(
                    $"config.json asks for \"global_pool\": \"{other}\", which is not supported: use token, avg, max, avgmax, map or prr."),
        };
    }

    // The class and the distillation token each have a classifier; the result is their mean.
    private void ClassifyTwice(string x, string classifier)
    {
        if (picture.Outputs.Wants("logits") && picture.Weights.Find(classifier + ".weight") is { Shape: [> 0 and var labels, _] })
        {
            string Logits(long token, string name) =>
                picture.Linear(picture.Graph.Add("Gather", [x, picture.Graph.Scalar(token)], ("axis", 1L)), name, labels, hidden);
            var sum = picture.Graph.Add("Add", [Logits(0, classifier), Logits(1, classifier + "_dist")]);
            picture.OfferVector("logits", picture.Graph.Add("Mul", [sum, picture.Graph.Scalar(0.5f)]), (int)labels);
        }
    }

    // Attention pooling: a learned query attends to all patches; then comes the second half of a layer.
    private string Attentive(string x)
    {
        const string Name = "attn_pool.";
        var (graph, weights, attention) =
            (picture.Graph, picture.Weights, new Attention { Heads = shape.Heads, HeadSize = ConfigFile.Share(hidden, shape.Heads) });
        var latent = graph.Add(
            "Expand",
            [graph.Weight(weights.Get(Name + "latent", 1, 1, hidden)), graph.Concat(0, graph.Sizes(x, 0, 1), graph.Constant(1L, 1L))]);
        string Part(int from) => picture.LinearPart(x, Name + "kv", 2L * hidden, hidden, from, hidden, weights.Has(Name + "kv.bias"));
        var query = weights.Has(Name + "q.weight")
            ? picture.Linear(latent, Name + "q", hidden, hidden, bias: weights.Has(Name + "q.bias"))
            : latent;
        var pooled = picture.Linear(attention.Write(graph, query, Part(0), Part(hidden), mask: null), Name + "proj", hidden, hidden);
        var normed = weights.Has(Name + "norm.weight") ? picture.LayerNorm(pooled, Name + "norm", hidden, shape.Epsilon) : pooled;
        var wide = weights.Find(Name + "mlp.fc1.weight")?.Shape[0] ?? 4L * hidden;
        var unit = picture.Linear(picture.Linear(normed, Name + "mlp.fc1", wide, hidden, shape.Activation), Name + "mlp.fc2", hidden, wide);
        return graph.Add("Squeeze", [graph.Add("Add", [pooled, unit]), graph.Constant(1L)]);
    }

    // Attention without learned parameters, then the class token, or the mean if there is none.
    private string Refined(string x)
    {
        var refined = new Attention { Heads = shape.Heads, HeadSize = ConfigFile.Share(hidden, shape.Heads) }
            .Write(picture.Graph, x, x, x, mask: null);
        return shape.First.Contains("cls_token") ? picture.ClassToken(refined) : Mean(refined);
    }

    private string Patches(string x) => picture.Graph.Slice(x, 1, shape.Vectors(picture.Weights, hidden), long.MaxValue);

    private string First(string x, int count) => picture.Graph.Slice(x, 1, 0, count);

    private string Mean(string x) => picture.Graph.Add("ReduceMean", [x, picture.Graph.Constant(1L)], ("keepdims", 0L));

    private string Greatest(string x) => picture.Graph.Add("ReduceMax", [x, picture.Graph.Constant(1L)], ("keepdims", 0L));
}
