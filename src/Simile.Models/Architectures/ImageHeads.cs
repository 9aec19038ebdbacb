namespace Simile.Models.Architectures;

/// <summary>The heads of image and sound networks.</summary>
internal static class ImageHeads
{
    /// <summary>Offers logits, [batch, labels], by the linear layer <paramref name="name"/> if the checkpoint has it.</summary>
    public static void Classify(NetworkGraph network, string vector, string name, int input)
    {
        if (network.Outputs.Wants("logits") && network.Weights.Find(name + ".weight") is { Shape: [> 0 and var labels, _] })
        {
            network.Outputs.Offer("logits", network.Linear(vector, name, labels, input), "batch", NetworkOutputs.Axis(labels));
        }
    }
}
