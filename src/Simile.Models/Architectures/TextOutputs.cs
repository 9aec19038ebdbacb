namespace Simile.Models.Architectures;

/// <summary>What a text network is asked for: nothing else is computed.</summary>
[Flags]
internal enum TextOutputs
{
    /// <summary><c>last_hidden_state</c> [batch, length, hidden].</summary>
    LastHiddenState = 1,

    /// <summary><c>hidden_states.0 … n</c>: what enters each layer; 0 is the embedded input.</summary>
    HiddenStates = 2,

    /// <summary><c>pooler_output</c> [batch, hidden].</summary>
    Pooler = 4,

    /// <summary><c>logits</c>: of the classification head [batch, labels], or of the masked-language head [batch, length, vocabulary].</summary>
    Logits = 8,

    /// <summary><c>splade</c> [batch, vocabulary]: the greatest log(1 + relu(logit)) over the tokens.</summary>
    Splade = 16,
}
