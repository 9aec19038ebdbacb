namespace Simile.Models.Architectures;

/// <summary>A family's names for the parts of its masked-language head.</summary>
/// <param name="Dense">The first linear layer.</param>
/// <param name="Norm">The norm after it.</param>
/// <param name="Decoder">The layer that gives vocabulary logits. If the checkpoint lacks its weight, the word embeddings are used.</param>
/// <param name="Bias">Other names of the decoder's bias.</param>
internal sealed record MaskedLanguageNames(string Dense, string Norm, string Decoder, params string[] Bias)
{
    /// <summary>Whether the first layer has a bias.</summary>
    public bool DenseBias { get; init; } = true;

    /// <summary>Whether the norm has a bias.</summary>
    public bool NormBias { get; init; } = true;
}

/// <summary>The heads of a text network: pooler, classification head, masked-language head.</summary>
internal static class TextHeads
{
    /// <summary>Offers pooler_output: a linear layer and an activation on the first token.</summary>
    public static void Pooler(TextGraph text, string x, string name, int hidden, string activation = "tanh")
    {
        if (text.Outputs.Wants("pooler_output"))
        {
            text.Outputs.Offer(
                "pooler_output", text.Linear(text.FirstToken(x), name, hidden, hidden, activation), "batch", NetworkOutputs.Axis(hidden));
        }
    }

    /// <summary>Whether logits are requested and the checkpoint has this classification head.</summary>
    public static bool Classifies(TextGraph text, string classifier) =>
        text.Weights.Has(classifier + ".weight") && text.Outputs.Wants("logits");

    /// <summary>
    /// Offers the logits of a classification head: a linear layer and an activation on the first token, then the last linear layer.
    /// </summary>
    public static void Classify(TextGraph text, string x, int hidden, string dense, string activation, string classifier)
    {
        if (Classifies(text, classifier))
        {
            Logits(text, text.Linear(text.FirstToken(x), dense, hidden, hidden, activation), hidden, classifier);
        }
    }

    /// <summary>Offers the logits of the last layer of a classification head: [batch, labels].</summary>
    public static void Logits(TextGraph text, string vector, int hidden, string classifier, bool bias = true)
    {
        var labels = text.Weights.Find(classifier + ".weight")!.Shape is [> 0 and var rows, _] ? rows
            : throw new InvalidDataException($"Tensor {classifier}.weight must be a matrix [labels, {hidden}].");
        text.Outputs.Offer("logits", text.Linear(vector, classifier, labels, hidden, bias: bias), "batch", NetworkOutputs.Axis(labels));
    }

    /// <summary>
    /// Offers the logits of a masked-language head, [batch, length, vocabulary], and splade (Formal et al. 2021), [batch, vocabulary]:
    /// the maximum of log(1 + relu(logit)) over the tokens, or a variant of <see cref="SpladeKind"/>.
    /// </summary>
    public static void MaskedLanguage(
        TextGraph text,
        string x,
        MaskedLanguageNames names,
        string embeddings,
        (int Hidden, int Width) sizes,
        string activation,
        float epsilon)
    {
        var splades = SpladeKind.All.Where(kind => text.Outputs.Wants(kind.Output)).ToArray();
        if (splades.Length == 0 && !(text.Outputs.Wants("logits") && text.Weights.Has(names.Dense + ".weight")))
        {
            return; // nobody asks, or there is no such head
        }

        var vocabulary = text.Config.Size("vocab_size");
        var dense = text.Linear(x, names.Dense, sizes.Width, sizes.Hidden, activation, names.DenseBias);
        var normed = text.LayerNorm(dense, names.Norm, sizes.Width, epsilon, names.NormBias);
        var words = text.Weights.Get(text.Weights.Choose(names.Decoder + ".weight", embeddings), vocabulary, sizes.Width);
        var offset = text.Weights.Get(text.Weights.Choose([.. names.Bias, names.Decoder + ".bias"]), vocabulary);
        var numbers = text.Graph.Linear(normed, words, offset);
        text.Outputs.Offer("logits", numbers, "batch", "length", NetworkOutputs.Axis(vocabulary));
        foreach (var kind in splades)
        {
            text.Outputs.Offer(kind.Output, Splade(text, numbers, kind), "batch", NetworkOutputs.Axis(vocabulary));
        }
    }

    private static string Splade(TextGraph text, string logits, SpladeKind kind)
    {
        var graph = text.Graph;
        string Log(string x) => graph.Add("Log", [graph.Add("Add", [x, graph.Scalar(1f)])]);
        var positive = Log(graph.Add("Relu", [logits]));
        positive = kind.LogTwice ? Log(positive) : positive;
        var valid = graph.Add("Unsqueeze", [graph.Cast(text.Mask, TensorElementType.Float), graph.Constant(-1L)]);
        return graph.Add(
            kind.Sums ? "ReduceSum" : "ReduceMax", [graph.Add("Mul", [positive, valid]), graph.Constant(1L)], ("keepdims", 0L));
    }
}
